package io.swarmctl.controller.bus;

import static io.swarmctl.controller.fleet.ExampleNodes.NOW;
import static io.swarmctl.controller.fleet.ExampleNodes.arrived;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.trust.Kind;
import io.swarmctl.common.trust.Signed;
import io.swarmctl.common.wire.Diagnosis;
import io.swarmctl.common.wire.WireJson;
import io.swarmctl.controller.api.MemoryFleet;
import io.swarmctl.controller.fleet.DiagnosisCommands;
import io.swarmctl.controller.fleet.ExampleNodes;
import io.swarmctl.controller.fleet.FleetNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DiagnosisIntakeTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int NODES = 40;

    private final EcKeys keys = EcKeys.generate();
    private final InstantSource clock = InstantSource.fixed(NOW);
    private final List<FleetNode> nodes = IntStream.rangeClosed(1, NODES)
            .mapToObj(number -> arrived(number).withKey(keys.publicJwk()))
            .toList();
    private final MemoryFleet fleet = new MemoryFleet(
            clock,
            ExampleNodes.fleet(nodes.toArray(new FleetNode[0]))
                    .withConnected(nodes.stream().map(FleetNode::id).collect(Collectors.toSet())));
    private DiagnosisIntake intake;

    @BeforeEach
    void start() {
        intake = new DiagnosisIntake(fleet, clock);
        intake.start();
    }

    @AfterEach
    void stop() {
        intake.close();
    }

    private long ask(FleetNode node) throws Exception {
        return fleet.change("ada", current -> DiagnosisCommands.ask(current, node.id(), NOW))
                .get()
                .diagnoses()
                .get(node.id())
                .number();
    }

    private static String signed(EcKeys by, String nodeId, long number) {
        Diagnosis diagnosis = new Diagnosis(nodeId, number, 0, List.of(new Diagnosis.Part("routes", "default", "")));
        return Signed.sign(Kind.DIAGNOSIS, WireJson.write(diagnosis, Diagnosis.class), by.privateKey());
    }

    private boolean isKept(FleetNode node) {
        return intake.latest(node.id()).isPresent();
    }

    @Test
    void whatWasAskedForIsKept() throws Exception {
        FleetNode node = nodes.get(0);
        intake.receive(node.id(), signed(keys, node.id(), ask(node)));

        await().atMost(SOON).until(() -> isKept(node));
        assertThat(intake.latest(node.id()).orElseThrow().at()).isEqualTo(NOW);
    }

    @Test
    void whatNobodyAskedForOrSomebodyElseHasSignedIsNot() throws Exception {
        FleetNode unasked = nodes.get(0);
        FleetNode forged = nodes.get(1);
        FleetNode borrowed = nodes.get(2);
        FleetNode early = nodes.get(3);
        FleetNode last = nodes.get(4);
        intake.receive(unasked.id(), signed(keys, unasked.id(), NOW.toEpochMilli()));
        intake.receive(forged.id(), signed(EcKeys.generate(), forged.id(), ask(forged)));
        intake.receive(borrowed.id(), signed(keys, last.id(), ask(borrowed)));
        intake.receive(early.id(), signed(keys, early.id(), ask(early) + 1));
        intake.receive("nobody", "nothing");
        intake.receive(last.id(), signed(keys, last.id(), ask(last)));

        await().atMost(SOON).until(() -> isKept(last));
        assertThat(nodes).filteredOn(this::isKept).containsExactly(last);
    }

    @Test
    void ofManyTheLatestAreKept() throws Exception {
        for (FleetNode node : nodes) {
            intake.receive(node.id(), signed(keys, node.id(), ask(node)));
            await().atMost(SOON).until(() -> isKept(node));
        }

        assertThat(nodes.stream().filter(this::isKept).collect(Collectors.toSet()))
                .isEqualTo(Set.copyOf(nodes.subList(NODES - 30, NODES)));
    }
}
