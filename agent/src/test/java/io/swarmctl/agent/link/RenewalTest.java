package io.swarmctl.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.agent.link.NodeIdentity.Credentials;
import io.swarmctl.common.trust.Certificates;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RenewalTest {
    /** Of a key that nobody has; good for the year 2026. */
    private static final X509Certificate YEAR_2026 = certificate("""
            -----BEGIN CERTIFICATE-----
            MIIBDTCBtAIBATAKBggqhkjOPQQDAjATMREwDwYDVQQDDAhzZXJpYWwtMTAeFw0y
            NjAxMDEwMDAwMDBaFw0yNzAxMDEwMDAwMDBaMBMxETAPBgNVBAMMCHNlcmlhbC0x
            MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEVJp4k0ciCbaxbSrT2zMEM5Z9TdRw
            xX0PUofRaaKVGc1ppATRDRP/vxDd91MS17rA+vSDjMwKagi0xzDD/eH+LDAKBggq
            hkjOPQQDAgNIADBFAiEAwWvNBSOGeRFRofrzC1yzvlutba+1o0UjQeZXAR4EdC8C
            IAXtEm5D6nmWxMPyKLxlWVGkv7kugMXT+3g3Je7xT8dR
            -----END CERTIFICATE-----
            """);

    /** Good for the year 2027. */
    private static final X509Certificate YEAR_2027 = certificate("""
            -----BEGIN CERTIFICATE-----
            MIIBDTCBtAIBATAKBggqhkjOPQQDAjATMREwDwYDVQQDDAhzZXJpYWwtMTAeFw0y
            NzAxMDEwMDAwMDBaFw0yODAxMDEwMDAwMDBaMBMxETAPBgNVBAMMCHNlcmlhbC0x
            MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEVJp4k0ciCbaxbSrT2zMEM5Z9TdRw
            xX0PUofRaaKVGc1ppATRDRP/vxDd91MS17rA+vSDjMwKagi0xzDD/eH+LDAKBggq
            hkjOPQQDAgNIADBFAiAPnq97YSnM8R9c0r8K3E8M/iuaKwtfJvihRFq2s8A0AQIh
            AOMNdhdOet5MqcTPYUl+mhLNgs7GKhnA4N+WA6wwropl
            -----END CERTIFICATE-----
            """);

    private static final Instant JUNE = Instant.parse("2026-06-01T00:00:00Z");
    private static final Instant OCTOBER = Instant.parse("2026-10-01T00:00:00Z");

    private final List<Integer> knocks = new ArrayList<>();
    private final List<Credentials> renewed = new ArrayList<>();
    private boolean onBus = true;
    private boolean known = true;
    private boolean diskBroken;
    private Instant now = JUNE;
    private int minute;
    private final Renewal renewal = new Renewal(this::knock, () -> onBus, renewed::add, () -> now, YEAR_2026);

    @Test
    void aNodeOnTheBusWithAYoungCertificateAsksForNothing() {
        pass(3_000);
        assertThat(knocks).isEmpty();
    }

    @Test
    void inTheLastThirdOfItsLifeACertificateIsRenewedOnce() {
        now = OCTOBER;
        pass(300);
        assertThat(knocks).containsExactly(1);
        assertThat(renewed).extracting(Credentials::certificate).containsExactly(YEAR_2027);
    }

    @Test
    void whenTheBusIsOutOfReachTheDoorIsTriedLessAndLessOften() {
        onBus = false;
        known = false;
        pass(240);
        assertThat(knocks).containsExactly(5, 10, 20, 40, 80, 140, 200);
        assertThat(renewed).isEmpty();
    }

    @Test
    void aShortAbsenceIsNoReason() {
        for (int i = 0; i < 10; i++) {
            onBus = false;
            pass(4);
            onBus = true;
            pass(1);
        }
        assertThat(knocks).isEmpty();
    }

    @Test
    void aDiskThatDoesNotTakeItIsTriedAgain() {
        now = OCTOBER;
        diskBroken = true;
        pass(4);
        diskBroken = false;
        pass(10);
        assertThat(knocks).containsExactly(1, 6);
        assertThat(renewed).hasSize(1);
    }

    private void pass(int minutes) {
        IntStream.range(0, minutes).forEach(i -> {
            minute++;
            renewal.minute();
        });
    }

    private Optional<Credentials> knock() throws IOException {
        knocks.add(minute);
        if (diskBroken) {
            throw new IOException("read-only file system");
        }
        return known ? Optional.of(new Credentials("serial-1", YEAR_2027, "cluster")) : Optional.empty();
    }

    private static X509Certificate certificate(String pem) {
        try {
            return Certificates.fromPem(pem);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
