package io.swarmctl.common.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignedAndSealedTest {
    private final EcKeys keys = EcKeys.generate();
    private final EcKeys others = EcKeys.generate();

    @Test
    void whatIsSignedCanBeReadByWhoKnowsTheKey() throws Exception {
        String jws = Signed.sign(Kind.REPORT, "text", keys.privateKey());
        assertThat(Signed.verify(Kind.REPORT, jws, keys.publicKey())).isEqualTo("text");
    }

    @Test
    void anotherKeysSignatureIsRefused() {
        String jws = Signed.sign(Kind.REPORT, "text", others.privateKey());
        assertRefused(() -> Signed.verify(Kind.REPORT, jws, keys.publicKey()));
    }

    @Test
    void oneKindIsNotTakenForAnother() {
        String jws = Signed.sign(Kind.OUTPUT, "text", keys.privateKey());
        assertRefused(() -> Signed.verify(Kind.REPORT, jws, keys.publicKey()));
    }

    @Test
    void aChangedTextIsRefused() {
        String[] parts = Signed.sign(Kind.REPORT, "text", keys.privateKey()).split("\\.");
        String other = Signed.sign(Kind.REPORT, "else", keys.privateKey()).split("\\.")[1];
        assertRefused(() -> Signed.verify(Kind.REPORT, parts[0] + "." + other + "." + parts[2], keys.publicKey()));
    }

    @Test
    void anotherSignatureIsRefused() {
        String[] parts = Signed.sign(Kind.REPORT, "text", keys.privateKey()).split("\\.");
        String signed = parts[0] + "." + parts[1] + ".";
        for (byte[] bytes : List.of(new byte[0], new byte[64], new byte[63], new byte[65])) {
            String other = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            assertRefused(() -> Signed.verify(Kind.REPORT, signed + other, keys.publicKey()));
        }
        assertRefused(() -> Signed.verify(Kind.REPORT, signed + parts[2].substring(4), keys.publicKey()));
    }

    @Test
    void javasOwnSignaturesAreReadAndOursAreReadByJavasOwn() throws Exception {
        for (int round = 0; round < 300; round++) { // numbers with leading zeros are one in 128
            JWSObject theirs = new JWSObject(
                    JWSObject.parse(Signed.sign(Kind.REPORT, "text", keys.privateKey()))
                            .getHeader(),
                    new Payload("text" + round));
            theirs.sign(new ECDSASigner(keys.privateKey()));
            assertThat(Signed.verify(Kind.REPORT, theirs.serialize(), keys.publicKey()))
                    .isEqualTo("text" + round);

            JWSObject ours = JWSObject.parse(Signed.sign(Kind.REPORT, "text" + round, keys.privateKey()));
            assertThat(ours.verify(new ECDSAVerifier(keys.publicKey()))).isTrue();
        }
    }

    @Test
    void aKeyOnAnotherCurveIsRefused() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp384r1"));
        KeyPair pair = generator.generateKeyPair();
        assertThatThrownBy(() -> Signed.sign(Kind.REPORT, "text", (ECPrivateKey) pair.getPrivate()))
                .isInstanceOf(IllegalArgumentException.class);
        String jws = Signed.sign(Kind.REPORT, "text", keys.privateKey());
        assertRefused(() -> Signed.verify(Kind.REPORT, jws, (ECPublicKey) pair.getPublic()));
    }

    @Test
    void garbageIsRefused() {
        for (String garbage : new String[] {"", ".", "a.b.c", "{}", "...."}) {
            assertRefused(() -> Signed.verify(Kind.REPORT, garbage, keys.publicKey()));
        }
    }

    @Test
    void theKeyInTheHeaderIsTheOneThatSigned() throws Exception {
        String jws = Signed.signWithKey(Kind.ENROLMENT_REQUEST, "text", keys);
        assertThat(Signed.verifyOwnKey(Kind.ENROLMENT_REQUEST, jws).key()).isEqualTo(keys.publicKey());
    }

    @Test
    void aSealIsOpenedByItsReaderOnly() throws Exception {
        String sealed = Sealed.seal("secret", keys.publicKey());
        assertThat(sealed).doesNotContain("secret");
        assertThat(Sealed.open(sealed, keys.privateKey())).isEqualTo("secret");
        assertRefused(() -> Sealed.open(sealed, others.privateKey()));
    }

    @Test
    void keysSurviveBeingWrittenDown() throws Exception {
        EcKeys read =
                EcKeys.decode(keys.publicKey().getEncoded(), keys.privateKey().getEncoded());
        assertThat(read.publicJwk()).isEqualTo(keys.publicJwk());
        assertThat(EcKeys.fromJwk(keys.publicJwk())).isEqualTo(keys.publicKey());
    }

    private interface Attempt {
        Object make() throws Exception;
    }

    private static void assertRefused(Attempt attempt) {
        assertThatThrownBy(attempt::make).isInstanceOf(TrustException.class);
    }
}
