package io.swarmctl.controller.enrol;

import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.trust.Kind;
import io.swarmctl.common.trust.Sealed;
import io.swarmctl.common.trust.Signed;
import io.swarmctl.common.trust.TrustException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * The controller's own key: signs what nodes are told, opens what they seal to it. And checks what nodes sign, which is
 * the same arithmetic: a thousand specs and a thousand reports come at once, and Java's own takes five times as long.
 */
public final class ControllerKeys {
    private final EcKeys keys;
    private final X509Certificate certificate;
    private final Provider arithmetic = new BouncyCastleProvider();

    /** The key in the provider's own form, or it would be translated for each signature. */
    private final ECPrivateKey signer;

    /** @param certificate from the fleet's CA, for {@code signer.swarmctl.internal} */
    public ControllerKeys(EcKeys keys, X509Certificate certificate) {
        this.keys = keys;
        this.certificate = certificate;
        try {
            this.signer =
                    (ECPrivateKey) KeyFactory.getInstance("EC", arithmetic).translateKey(keys.privateKey());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no key on P-256", e);
        }
    }

    public String publicJwk() {
        return keys.publicJwk();
    }

    public String sign(Kind kind, String text) {
        return Signed.signWithCertificate(kind, text, signer, certificate, arithmetic);
    }

    /** @throws TrustException when the text is not of that kind, or was not signed by this controller */
    public String verifyOwn(Kind kind, String jws) throws TrustException {
        return Signed.verify(kind, jws, keys.publicKey(), arithmetic);
    }

    /** @throws TrustException when the text is not of that kind, or was not signed with that key of a node */
    public String verify(Kind kind, String jws, String publicJwk) throws TrustException {
        return Signed.verify(kind, jws, EcKeys.fromJwk(publicJwk), arithmetic);
    }

    /** @throws TrustException when the text was not sealed to this controller */
    public String open(String sealed) throws TrustException {
        return Sealed.open(sealed, keys.privateKey());
    }
}
