package io.swarmctl.controller.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.trust.Kind;
import io.swarmctl.common.trust.Signed;
import io.swarmctl.common.wire.OutputChunk;
import io.swarmctl.common.wire.WireJson;
import io.swarmctl.controller.api.MemoryFleet;
import io.swarmctl.controller.fleet.ExampleNodes;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.LogLine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogIntakeTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final InstantSource clock = () -> ExampleNodes.NOW;
    private final EcKeys keys = EcKeys.generate();
    private final FleetNode node = ExampleNodes.arrived(1).withKey(keys.publicJwk());
    private final MemoryFleet fleet = new MemoryFleet(clock, ExampleNodes.fleet(node));
    private final LogIntake intake = new LogIntake(fleet, fleet, clock);

    @BeforeEach
    void start() {
        intake.start();
    }

    @AfterEach
    void stop() {
        intake.close();
    }

    @Test
    void whatANodeSignedIsKept() {
        intake.receive(node.id(), signed(keys, List.of("one", "two")));
        assertKept("one", "two");
    }

    @Test
    void whatSomebodyElseSignedIsNot() {
        intake.receive(node.id(), signed(EcKeys.generate(), List.of("forged")));
        intake.receive("nobody", signed(keys, List.of("nobody's")));
        intake.receive(node.id(), "garbage");
        intake.receive(node.id(), signed(keys, List.of("genuine")));
        assertKept("genuine");
    }

    @Test
    void aBugWithOneNodesOutputDoesNotEndTheKeeping() {
        intake.receive(ExampleNodes.arrived(2).id(), "x");
        fleet.become(current -> current.with(ExampleNodes.arrived(2).withKey("{\"kty\":7}")));
        intake.receive(ExampleNodes.arrived(2).id(), signed(keys, List.of("unreadable")));
        intake.receive(node.id(), signed(keys, List.of("after")));
        assertKept("after");
    }

    @Test
    void oneChunkFillsNoDisk() {
        intake.receive(node.id(), signed(keys, Collections.nCopies(10_000, "y".repeat(10))));
        intake.receive(node.id(), signed(keys, List.of("z".repeat(5_000))));
        await().atMost(SOON).untilAsserted(() -> assertThat(lines()).hasSize(501));
        assertThat(lines()).allMatch(line -> line.length() <= 1_000);
        intake.receive(node.id(), signed(keys, List.of("w".repeat(3_000_000))));
        intake.receive(node.id(), signed(keys, List.of("after")));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(lines()).hasSize(502).last().isEqualTo("after"));
    }

    @Test
    void whoPrintsWithoutEndLeavesRoomForTheOthers() {
        FleetNode rogue = ExampleNodes.arrived(2).withKey(keys.publicJwk());
        fleet.become(current -> current.with(rogue));
        try (LogIntake slow = new LogIntake(fleet, fleet, clock)) {
            String much = signed(keys, List.of("again"));
            for (int i = 0; i < 5_000; i++) {
                slow.receive(rogue.id(), much);
            }
            slow.receive(node.id(), signed(keys, List.of("mine")));
            slow.start();
            assertKept("mine");
            assertThat(fleet.log(rogue.id(), 0, 100_000)).hasSizeBetween(1, 20);
            slow.receive(rogue.id(), much);
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(fleet.log(rogue.id(), 0, 100_000)).hasSize(21));
        }
    }

    private void assertKept(String... texts) {
        await().atMost(SOON).untilAsserted(() -> assertThat(lines()).containsExactly(texts));
    }

    private List<String> lines() {
        return fleet.log(node.id(), 0, 100_000).stream().map(LogLine::text).toList();
    }

    private String signed(EcKeys by, List<String> lines) {
        OutputChunk chunk = new OutputChunk(node.id(), 1, "install Docker", lines);
        return Signed.sign(Kind.OUTPUT, WireJson.write(chunk, OutputChunk.class), by.privateKey());
    }
}
