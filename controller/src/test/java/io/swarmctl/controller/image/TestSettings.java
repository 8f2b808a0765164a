package io.swarmctl.controller.image;

import io.swarmctl.controller.image.card.CardSettings;
import io.swarmctl.controller.image.card.CardUser;
import io.swarmctl.controller.image.card.Enrolment;
import io.swarmctl.controller.image.card.Region;
import io.swarmctl.controller.image.card.Wifi;
import io.swarmctl.controller.image.disk.ImageException;
import java.time.Instant;
import java.util.List;

/** What a fleet may want on its cards. */
public final class TestSettings {
    public static final String KEY = "swk_abcdefgh_0123456789abcdefghjkmnpqrstvwxyz";
    public static final String PASSPHRASE = "correct horse battery";

    /** Made for these tests; its key is lost. */
    public static final String CA = """
            -----BEGIN CERTIFICATE-----
            MIIBgDCCASWgAwIBAgIUESPvYY4/xxdL0jeHYke96NoXbwowCgYIKoZIzj0EAwIw
            FTETMBEGA1UEAwwKdGVzdCBmbGVldDAeFw0yNjExMjMyMjM2MzBaFw0zNjExMjAy
            MjM2MzBaMBUxEzARBgNVBAMMCnRlc3QgZmxlZXQwWTATBgcqhkjOPQIBBggqhkjO
            PQMBBwNCAATrMzS5c1N0VjhfDFFz3FxZlsn/a18qh8qVD9Am/IbwRZA6v5WfB81L
            Gs2hzpwusAfWjcq8JM3Nc/OF16zAgzOro1MwUTAdBgNVHQ4EFgQU2kBLh+Sufy3G
            lTyc/FDBGhqCCYgwHwYDVR0jBBgwFoAU2kBLh+Sufy3GlTyc/FDBGhqCCYgwDwYD
            VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEA5GRLe6aH4MVjES+0hSt8
            5WOTQLmybAZ67cUPiWwDWz0CIQCa0aTHk43FiJBNf04ax1WuSakNVTNsupnsTgHr
            wICZ9w==
            -----END CERTIFICATE-----
            """;

    private TestSettings() {}

    public static final String HASH = "$6$salt$hashHashHashHash";

    /** With a user whom the first boot makes. */
    public static CardSettings withUser(String name) throws ImageException {
        CardSettings full = full();
        return new CardSettings(
                full.enrolment(),
                full.wifi(),
                full.region(),
                full.ssh(),
                CardUser.of(name, HASH, List.of("ssh-ed25519 AAAA ada@laptop", "ssh-ed25519 BBBB")));
    }

    /** Nothing of which a system has to be told. */
    public static CardSettings withoutRegion() throws ImageException {
        CardSettings full = full();
        return new CardSettings(full.enrolment(), full.wifi(), Region.AS_IT_IS, full.ssh(), null);
    }

    public static CardSettings full() throws ImageException {
        return new CardSettings(
                new Enrolment(
                        List.of("192.168.1.5", "controller.lan:9444"),
                        true,
                        CA,
                        KEY,
                        Instant.parse("2026-12-31T00:00:00Z")),
                Wifi.of("attic", PASSPHRASE, "DE"),
                new Region("Europe/Berlin", "de_DE.UTF-8", "de"),
                false,
                null);
    }
}
