package io.swarmctl.controller.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.trust.FleetTrust;
import io.swarmctl.common.trust.TrustException;
import io.swarmctl.common.wire.Services;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;

/** What the fleet's CA certifies, and what those who trust it take. */
class FleetCaTest {
    private static final Instant BORN = Instant.parse("2026-11-20T12:00:00Z");
    private static final Duration YEAR = Duration.ofDays(365);

    private final FleetCa ca = FleetCa.create("test", BORN);
    private final EcKeys keys = EcKeys.generate();
    private final X509Certificate controller = controller(ca);

    @Test
    void aNodesCertificateBearsItsIdAndLastsAYear() throws Exception {
        X509Certificate node = ca.certifyNode("serial-1", keys.publicKey(), BORN);
        assertThat(node.getSubjectX500Principal().getName()).isEqualTo("CN=serial-1");
        assertThat(node.getPublicKey()).isEqualTo(keys.publicKey());
        assertThat(node.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(node.getBasicConstraints()).as("is no CA").isEqualTo(-1);
        assertThat(node.getNotAfter().toInstant()).isEqualTo(BORN.plus(YEAR));
        assertThat(node.getNotBefore().toInstant())
                .as("for clocks that are behind")
                .isBefore(BORN);
    }

    @Test
    void noTwoCertificatesHaveOneNumber() {
        assertThat(ca.certifyNode("serial-1", keys.publicKey(), BORN).getSerialNumber())
                .isNotEqualTo(ca.certifyNode("serial-1", keys.publicKey(), BORN).getSerialNumber());
    }

    @Test
    void aCertificateIsGoodForItsNameAlone() {
        assertThatCode(() -> trust(BORN).check(controller, Services.BUS)).doesNotThrowAnyException();
        assertThatThrownBy(() -> trust(BORN).check(controller, Services.ENROL)).isInstanceOf(TrustException.class);
    }

    @Test
    void aNodeCannotPassForTheController() {
        X509Certificate node = ca.certifyNode(Services.BUS, keys.publicKey(), BORN);
        assertThatThrownBy(() -> trust(BORN).check(node, Services.BUS)).isInstanceOf(TrustException.class);
    }

    @Test
    void anotherCaOfTheSameNameIsNotTrusted() {
        X509Certificate other = controller(FleetCa.create("test", BORN));
        assertThatThrownBy(() -> trust(BORN).check(other, Services.BUS)).isInstanceOf(TrustException.class);
    }

    @Test
    void datesCountOnceTheClockIsBelievable() {
        assertThatCode(() -> trust(BORN.plus(YEAR)).check(controller)).doesNotThrowAnyException();
        assertThatThrownBy(() -> trust(BORN.plus(YEAR.multipliedBy(3))).check(controller))
                .isInstanceOf(TrustException.class);
    }

    @Test
    void aClockFromBeforeTheCasBirthIsNotHeldAgainstACertificate() {
        assertThatCode(() -> trust(Instant.EPOCH).check(controller, Services.BUS))
                .doesNotThrowAnyException();
        assertThatCode(() -> trust(BORN.minus(2, ChronoUnit.HOURS)).check(controller))
                .doesNotThrowAnyException();
    }

    private FleetTrust trust(Instant now) {
        return new FleetTrust(ca.certificate(), () -> now);
    }

    private X509Certificate controller(FleetCa by) {
        return by.certifyController(
                keys.publicKey(), List.of(new GeneralName(GeneralName.dNSName, Services.BUS)), BORN);
    }
}
