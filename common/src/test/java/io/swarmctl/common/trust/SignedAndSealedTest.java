package io.swarmctl.common.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
