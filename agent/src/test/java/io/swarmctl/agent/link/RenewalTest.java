package io.swarmctl.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.agent.link.NodeIdentity.Credentials;
import io.swarmctl.agent.link.Renewal.Reply;
import io.swarmctl.common.trust.Certificates;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RenewalTest {
    /** Of a key that nobody has; good for the year 2026. */
    static final X509Certificate YEAR_2026 = certificate("""
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
    private boolean pending;
    private boolean diskBroken;
    private int turnedAway;
    private Optional<Instant> time = Optional.of(JUNE);
    private int minute;
    private final Renewal renewal = new Renewal(
            this::knock,
            new Renewal.Bus(() -> onBus, () -> turnedAway),
            renewed::add,
            () -> time,
            YEAR_2026,
            new Random(1));

    @Test
    void aNodeOnTheBusWithAYoungCertificateAsksForNothing() {
        pass(3_000);
        assertThat(knocks).isEmpty();
    }

    @Test
    void inTheLastThirdOfItsLifeACertificateIsRenewedOnce() {
        time = Optional.of(OCTOBER);
        pass(300);
        assertThat(knocks).containsExactly(1);
        assertThat(renewed).extracting(Credentials::certificate).containsExactly(YEAR_2027);
    }

    @Test
    void whoDoesNotKnowTheTimeHoldsNoCertificateToBeOld() {
        time = Optional.empty();
        pass(300);
        assertThat(knocks).isEmpty();
    }

    @Test
    void whenTheBusIsOutOfReachTheDoorIsTriedLessAndLessOften() {
        onBus = false;
        known = false;
        pass(24 * 60);
        assertThat(knocks).first().isEqualTo(5);
        int longest = 5;
        for (int i = 1; i < knocks.size(); i++) {
            assertThat(knocks.get(i) - knocks.get(i - 1)).isBetween(longest / 2, longest + 1);
            longest = Math.min(60, 2 * longest);
        }
        assertThat(knocks).hasSizeGreaterThan(24);
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
    void whoIsTurnedAwayTimeAndAgainKnocksAtOnce() {
        turnedAway = 2;
        pass(1);
        assertThat(knocks).isEmpty();
        turnedAway = 3;
        pass(1);
        assertThat(knocks).containsExactly(2);
    }

    @Test
    void whoWaitsForAPersonsWordAsksForItTimeAndAgainForEver() {
        onBus = false;
        turnedAway = 3;
        pending = true;
        pass(24 * 60);
        assertThat(knocks).hasSizeBetween(24 * 60 * 2, 24 * 60 * 4);
        pending = false;
        pass(1);
        assertThat(renewed).isNotEmpty();
    }

    @Test
    void aDiskThatDoesNotTakeItIsTriedAgain() {
        time = Optional.of(OCTOBER);
        diskBroken = true;
        pass(2);
        diskBroken = false;
        pass(10);
        assertThat(knocks).hasSize(2).first().isEqualTo(1);
        assertThat(renewed).hasSize(1);
    }

    private void pass(int minutes) {
        IntStream.range(0, minutes).forEach(i -> {
            minute++;
            IntStream.range(0, Math.toIntExact(60 / Renewal.EVERY.toSeconds())).forEach(look -> renewal.look());
        });
    }

    private Reply knock() throws IOException {
        knocks.add(minute);
        if (diskBroken) {
            throw new IOException("read-only file system");
        }
        if (pending) {
            return new Reply(true, null);
        }
        return new Reply(false, known ? new Credentials("serial-1", YEAR_2027, "cluster") : null);
    }

    private static X509Certificate certificate(String pem) {
        try {
            return Certificates.fromPem(pem);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
