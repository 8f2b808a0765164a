package io.swarmctl.agent.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmctl.agent.answer.Answering;
import io.swarmctl.agent.link.StateDirectory;
import io.swarmctl.agent.machine.Diagnostics;
import io.swarmctl.agent.machine.Diagnostics.Clue;
import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.trust.Kind;
import io.swarmctl.common.trust.Signed;
import io.swarmctl.common.wire.BusMaps;
import io.swarmctl.common.wire.Diagnosis;
import io.swarmctl.common.wire.WireJson;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagnosingTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(5_000));

    private final EcKeys keys = EcKeys.generate();
    private final Map<String, String> sent = new ConcurrentHashMap<>();

    @Test
    void whatWasFoundIsSentWithTheNumberOfTheRequest(@TempDir Path directory) throws Exception {
        Diagnostics diagnostics = clues -> clues.accept(new Clue("routes", "default via 10.0.0.254", ""));
        Answering.Node node = new Answering.Node("serial-1", keys, new StateDirectory(directory), sent::put);
        try (Answering diagnosing = Diagnosing.of(diagnostics, node, CLOCK)) {
            diagnosing.follow(7L);
            await().atMost(SOON).until(() -> sent.containsKey(BusMaps.DIAGNOSES));
        }

        String text = Signed.verify(Kind.DIAGNOSIS, sent.get(BusMaps.DIAGNOSES), keys.publicKey());
        assertThat(WireJson.read(text, Diagnosis.class))
                .isEqualTo(new Diagnosis(
                        "serial-1", 7, 5_000, List.of(new Diagnosis.Part("routes", "default via 10.0.0.254", ""))));
    }
}
