package io.swarmctl.agent.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.swarmctl.agent.machine.Diagnostics.Clue;
import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.trust.Kind;
import io.swarmctl.common.trust.Signed;
import io.swarmctl.common.wire.BusMaps;
import io.swarmctl.common.wire.Diagnosis;
import io.swarmctl.common.wire.WireJson;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BundleTest {
    private final Bundle bundle = new Bundle();

    @Test
    void ofALongTextTheEndIsKept() {
        bundle.add(new Clue("kernel log", "one more line\n".repeat(10_000) + "the end", ""));

        assertThat(bundle.parts()).singleElement().satisfies(part -> {
            assertThat(part.text()).endsWith("the end").hasSize(24_000);
            assertThat(part.trouble()).isEqualTo("its beginning is left out");
        });
    }

    @Test
    void troubleIsToldBesideWhatThereIs() {
        bundle.add(new Clue("journal", "half of it", "journalctl ended with 1: password=open"));

        assertThat(bundle.parts()).singleElement().satisfies(part -> {
            assertThat(part.text()).isEqualTo("half of it");
            assertThat(part.trouble()).isEqualTo("journalctl ended with 1: password=[removed]");
        });
    }

    @Test
    void nothingInItCommandsATerminal() {
        bundle.add(new Clue("journal", "\u001b[2Jone\ttwo\r\n\u009b31mthree\u0000", ""));

        assertThat(bundle.parts())
                .singleElement()
                .satisfies(part -> assertThat(part.text()).isEqualTo("[2Jone\ttwo\n31mthree"));
    }

    @Test
    void noSecretIsCutInTwoAndSoKept() {
        for (int before = 0; before < 200; before++) {
            Bundle fresh = new Bundle();
            String key = "-----BEGIN PRIVATE KEY-----\nOPENSESAME\n-----END PRIVATE KEY-----\n";
            fresh.add(new Clue(
                    "journal", "x".repeat(before) + "\npsk=OPENSESAME\n" + key + "a line\n".repeat(3_730), ""));

            assertThat(fresh.parts().get(0).text()).doesNotContain("OPENSESAME");
        }
    }

    @Test
    void aLineWithoutEndIsNoWorkForMinutes() {
        for (String evil : List.of("x", "eyJ", "token", "a-", "://", "$6$", "-----BEGIN ", "swk_", "secret ")) {
            assertTimeoutPreemptively(
                    Duration.ofSeconds(10), () -> new Bundle().add(new Clue("log", evil.repeat(8_000), "")), evil);
        }
    }

    @Test
    void evenTheWorstFitsOnTheBus() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            // What JSON and UTF-8 make most of.
            bundle.add(new Clue("\"".repeat(1_000), "\t\u20ac\n".repeat(50_000), "\u20ac".repeat(1_000)));
        }
        String json = WireJson.write(new Diagnosis("serial-1", 1, 1, bundle.parts()), Diagnosis.class);

        assertThat(Signed.sign(Kind.DIAGNOSIS, json, EcKeys.generate().privateKey()))
                .hasSizeLessThan(BusMaps.longest(BusMaps.DIAGNOSES));
    }
}
