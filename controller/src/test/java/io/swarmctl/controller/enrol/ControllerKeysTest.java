package io.swarmctl.controller.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.trust.FleetTrust;
import io.swarmctl.common.trust.Kind;
import io.swarmctl.common.trust.Signed;
import io.swarmctl.common.trust.TrustException;
import io.swarmctl.common.wire.Services;
import java.time.Instant;
import java.util.Base64;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;

/** Agents have Java's own arithmetic, the controller another: what one signs the other reads. */
class ControllerKeysTest {
    private final Instant now = Instant.now();

    private final FleetCa ca = FleetCa.create("test", now);
    private final EcKeys signer = EcKeys.generate();
    private final ControllerKeys keys = new ControllerKeys(
            signer, ca.certifySigner(signer.publicKey(), new GeneralName(GeneralName.dNSName, Services.SIGNER)));
    private final EcKeys node = EcKeys.generate();

    @Test
    void agentsReadWhatTheControllerSigns() throws Exception {
        String signed = keys.sign(Kind.SPEC, "text");
        assertThat(Signed.verifyCertified(
                        Kind.SPEC, signed, new FleetTrust(ca.certificate(), () -> now), Services.SIGNER))
                .isEqualTo("text");
        assertThat(keys.verifyOwn(Kind.SPEC, signed)).isEqualTo("text");
    }

    @Test
    void theControllerReadsWhatANodeSigns() throws Exception {
        String signed = Signed.sign(Kind.REPORT, "text", node.privateKey());
        assertThat(keys.verify(Kind.REPORT, signed, node.publicJwk())).isEqualTo("text");
    }

    @Test
    void anotherNodesSignatureIsRefused() {
        String signed = Signed.sign(Kind.REPORT, "text", EcKeys.generate().privateKey());
        assertRefused(signed);
    }

    @Test
    void aChangedTextOrSignatureIsRefused() {
        String[] parts = Signed.sign(Kind.REPORT, "text", node.privateKey()).split("\\.");
        String other = Signed.sign(Kind.REPORT, "else", node.privateKey()).split("\\.")[1];
        String zeros = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[64]);
        assertRefused(parts[0] + "." + other + "." + parts[2]);
        assertRefused(parts[0] + "." + parts[1] + "." + zeros);
        assertRefused(parts[0] + "." + parts[1] + "." + parts[2].substring(4));
    }

    @Test
    void oneKindIsNotTakenForAnother() {
        assertRefused(Signed.sign(Kind.OUTPUT, "text", node.privateKey()));
    }

    private void assertRefused(String signed) {
        assertThatThrownBy(() -> keys.verify(Kind.REPORT, signed, node.publicJwk()))
                .isInstanceOf(TrustException.class);
    }
}
