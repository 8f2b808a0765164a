package io.swarmctl.controller.enrol;

import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.trust.Kind;
import io.swarmctl.common.trust.Sealed;
import io.swarmctl.common.trust.Signed;
import io.swarmctl.common.trust.TrustException;
import java.security.cert.X509Certificate;

/** The controller's own key: signs what nodes are told, opens what they seal to it; and checks what nodes sign. */
public final class ControllerKeys {
    private final EcKeys keys;
    private final X509Certificate certificate;

    /** @param certificate from the fleet's CA, for {@code signer.swarmctl.internal} */
    public ControllerKeys(EcKeys keys, X509Certificate certificate) {
        this.keys = keys;
        this.certificate = certificate;
    }

    public String publicJwk() {
        return keys.publicJwk();
    }

    public String sign(Kind kind, String text) {
        return Signed.signWithCertificate(kind, text, keys.privateKey(), certificate);
    }

    /** @throws TrustException when the text is not of that kind, or was not signed by this controller */
    public String verifyOwn(Kind kind, String jws) throws TrustException {
        return Signed.verify(kind, jws, keys.publicKey());
    }

    /** @throws TrustException when the text is not of that kind, or was not signed with that key of a node */
    public String verify(Kind kind, String jws, String publicJwk) throws TrustException {
        return Signed.verify(kind, jws, EcKeys.fromJwk(publicJwk));
    }

    /** @throws TrustException when the text was not sealed to this controller */
    public String open(String sealed) throws TrustException {
        return Sealed.open(sealed, keys.privateKey());
    }
}
