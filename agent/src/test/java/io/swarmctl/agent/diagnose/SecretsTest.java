package io.swarmctl.agent.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "docker swarm join --token SWMTKN-1-OPENSESAME-OPENSESAME 10.0.0.1:2377",
                "unlock with SWMKEY-1-OPENSESAME",
                "the key swk_0a1b_OPENSESAME is used up",
                "Authorization: Bearer OPENSESAME",
                "got swarmctl_abcdefghijklmnopqrOPENSESAME",
                "ada:$6$salt$OPENSESAME.OPENSESAME:19000:0",
                "chpasswd: $y$j9T$abc/$OPENSESAME",
                "psk=OPENSESAME",
                "wifi.passphrase: OPENSESAME is long",
                "{\"registry_password\": \"OPENSESAME\"}",
                "GITHUB_TOKEN=OPENSESAME",
                "deb https://ada:OPENSESAME@packages.example.org/debian bookworm main",
                "report eyJhbGciOiJFUzI1NiJ9.OPENSESAME.OPENSESAME sent",
                "-----BEGIN EC PRIVATE KEY-----\nOPENSESAME\n-----END EC PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\nOPENSESAME\n"
            })
    void whatOpensSomethingIsTakenOut(String line) {
        String spelled = line.replace("swk_0a1b_OPENSESAME", "swk_0a1b_opensesame");

        assertThat(Secrets.removed(spelled))
                .doesNotContainIgnoringCase("OPENSESAME")
                .contains("[removed]");
    }

    @Test
    void whatHelpsStays() {
        String text = """
                Nov 24 04:00:00 pi-003 dockerd[700]: level=info msg="Loading containers: start."
                eth0             UP             10.0.0.3/24 fe80::1/64
                E: Failed to fetch https://deb.debian.org/debian/dists/bookworm/InRelease
                pam_unix(sudo:session): session opened for user root
                no password is set
                """;

        assertThat(Secrets.removed(text)).isEqualTo(text);
    }
}
