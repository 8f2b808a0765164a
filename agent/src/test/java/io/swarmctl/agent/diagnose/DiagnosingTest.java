package io.swarmctl.agent.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmctl.agent.link.Bus.BusException;
import io.swarmctl.agent.link.StateDirectory;
import io.swarmctl.agent.machine.Diagnostics;
import io.swarmctl.agent.machine.Diagnostics.Clue;
import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.trust.Kind;
import io.swarmctl.common.trust.Signed;
import io.swarmctl.common.wire.BusMaps;
import io.swarmctl.common.wire.Diagnosis;
import io.swarmctl.common.wire.DockerSource;
import io.swarmctl.common.wire.DockerSpec;
import io.swarmctl.common.wire.NodeSpec;
import io.swarmctl.common.wire.SwarmOrigin;
import io.swarmctl.common.wire.SwarmSpec;
import io.swarmctl.common.wire.SwarmTarget;
import io.swarmctl.common.wire.Upgrade;
import io.swarmctl.common.wire.WireJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagnosingTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(5_000));

    private final EcKeys keys = EcKeys.generate();
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private StateDirectory state;

    @BeforeEach
    void prepare(@TempDir Path directory) throws IOException {
        state = new StateDirectory(directory.resolve("state"));
    }

    private Diagnosing diagnosing(Diagnostics diagnostics) {
        return new Diagnosing(new Diagnosing.Node("serial-1", keys), diagnostics, state, CLOCK, this::put);
    }

    private Diagnosing diagnosing() {
        return diagnosing(clues -> {
            looks.incrementAndGet();
            clues.accept(new Clue("routes", "default via 10.0.0.254", ""));
        });
    }

    private void put(String map, String value) throws BusException {
        assertThat(map).isEqualTo(BusMaps.DIAGNOSES);
        if (failures.getAndDecrement() > 0) {
            throw new BusException("no bus", new IOException());
        }
        sent.add(value);
    }

    private static NodeSpec asking(@Nullable Long number) {
        return new NodeSpec(
                "serial-1",
                1,
                1,
                "pi-001",
                null,
                null,
                List.of(),
                false,
                Upgrade.NONE,
                new DockerSpec(DockerSource.DEBIAN, ""),
                new SwarmSpec("fleet", List.of(), SwarmOrigin.NONE, null, new SwarmTarget.Outside()),
                "jwk",
                number);
    }

    @Test
    void whatWasFoundIsSignedAndSentWithTheNumberOfTheRequest() throws Exception {
        try (Diagnosing diagnosing = diagnosing()) {
            diagnosing.follow(asking(7L));
            await().atMost(SOON).until(() -> sent.size() == 1);
        }
        Diagnosis diagnosis =
                WireJson.read(Signed.verify(Kind.DIAGNOSIS, sent.get(0), keys.publicKey()), Diagnosis.class);
        assertThat(diagnosis)
                .isEqualTo(new Diagnosis(
                        "serial-1", 7, 5_000, List.of(new Diagnosis.Part("routes", "default via 10.0.0.254", ""))));
    }

    @Test
    void eachRequestIsAnsweredOnceAlsoAfterARestartOfTheAgent() {
        try (Diagnosing diagnosing = diagnosing()) {
            diagnosing.follow(asking(null));
            diagnosing.follow(asking(7L));
            await().atMost(SOON).until(() -> sent.size() == 1);
        }
        try (Diagnosing diagnosing = diagnosing()) {
            diagnosing.follow(asking(7L));
            diagnosing.follow(asking(6L));
            diagnosing.follow(asking(8L));
            await().atMost(SOON).until(() -> sent.size() == 2);
        }
        assertThat(looks).hasValue(2);
    }

    @Test
    void aBusThatIsAwayForAMomentIsTriedAgain() {
        failures.set(1);
        try (Diagnosing diagnosing = diagnosing()) {
            diagnosing.follow(asking(7L));
            await().atMost(SOON).until(() -> sent.size() == 1);
        }
        assertThat(looks).hasValue(1);
    }

    @Test
    void oneThatBreaksIsNotMadeAgainAndTheNextIs() {
        try (Diagnosing diagnosing = diagnosing(clues -> {
            if (looks.incrementAndGet() == 1) {
                throw new IllegalStateException("broken");
            }
        })) {
            diagnosing.follow(asking(7L));
            await().atMost(SOON).until(() -> looks.get() == 1);
            diagnosing.follow(asking(7L));
            diagnosing.follow(asking(8L));
            await().atMost(SOON).until(() -> sent.size() == 1);
        }
        assertThat(looks).hasValue(2);
    }
}
