package io.swarmctl.controller.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.trust.Kind;
import io.swarmctl.common.trust.Signed;
import io.swarmctl.common.wire.NodeSpec;
import io.swarmctl.common.wire.NodeState;
import io.swarmctl.common.wire.Outcome;
import io.swarmctl.common.wire.Report;
import io.swarmctl.common.wire.Services;
import io.swarmctl.common.wire.SwarmFacts;
import io.swarmctl.common.wire.WireJson;
import io.swarmctl.controller.api.MemoryFleet;
import io.swarmctl.controller.enrol.ControllerKeys;
import io.swarmctl.controller.enrol.FleetCa;
import io.swarmctl.controller.fleet.ExampleNodes;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetLoop;
import io.swarmctl.controller.fleet.FleetNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bouncycastle.asn1.x509.GeneralName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a node shows of the spec that it follows raises the fleet's epoch only when this controller has signed it; what it has done
 * is told once.
 */
class ReportIntakeTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final EcKeys SIGNER = EcKeys.generate();

    private final InstantSource clock = () -> ExampleNodes.NOW;
    private final EcKeys keys = EcKeys.generate();
    private final FleetNode node = ExampleNodes.arrived(1).withKey(keys.publicJwk());
    private final MemoryFleet fleet = new MemoryFleet(clock, ExampleNodes.fleet(node));
    private final ControllerKeys controller = new ControllerKeys(
            SIGNER,
            FleetCa.create("test", Instant.now())
                    .certifyController(
                            SIGNER.publicKey(),
                            List.of(new GeneralName(GeneralName.dNSName, Services.SIGNER)),
                            Instant.now()));
    private final ReportIntake intake = new ReportIntake(fleet, controller, (lines, runs) -> {}, clock);

    @BeforeEach
    void start() {
        intake.start();
    }

    @AfterEach
    void stop() {
        intake.close();
    }

    @Test
    void aForgottenSpecOfThisControllerDoes() {
        receive(2, controller.sign(Kind.SPEC, spec(node)));
        assertThat(fleet.fleet().epoch()).isEqualTo(2);
        assertThat(fleet.fleet().nodes().get(node.id()).report().newerSpec())
                .as("it is not kept")
                .isNull();
    }

    @Test
    void nothingElseDoes() {
        receive(2, Signed.sign(Kind.SPEC, spec(node), keys.privateKey()));
        receive(3, controller.sign(Kind.SPEC, spec(ExampleNodes.arrived(2))));
        receive(4, controller.sign(Kind.ENROLMENT_ANSWER, spec(node)));
        receive(5, "garbage");
        String signed = controller.sign(Kind.SPEC, spec(node));
        receive(6, signed + "x".repeat(Report.LONGEST_SPEC + 1 - signed.length()));
        assertThat(fleet.fleet().epoch()).isEqualTo(1);
    }

    @Test
    void whatWasDoneIsToldOnceHoweverReportsGather() {
        Outcome locked = new Outcome("lock the password of pi", 1, 100, List.of(), null);
        Outcome named = new Outcome("set hostname pi-001", 200, 50, List.of(), null);
        List<String> told = new CopyOnWriteArrayList<>();
        GatheringLoop loop = new GatheringLoop(fleet);
        try (ReportIntake gathering = new ReportIntake(
                loop, controller, (lines, runs) -> runs.forEach(run -> told.add(run.action())), clock)) {
            gathering.start();
            gathering.receive(node.id(), signed(report(2, List.of(locked), null)));
            await().atMost(SOON).until(() -> loop.gathered() == 1);
            gathering.receive(node.id(), signed(report(3, List.of(locked, named), null)));
            await().atMost(SOON).until(() -> loop.gathered() == 2);

            loop.release();

            assertThat(told).containsExactly("lock the password of pi", "set hostname pi-001");
        }
    }

    /** Makes changes when it is told to, several at once. */
    private static final class GatheringLoop implements FleetLoop {
        private final MemoryFleet fleet;
        private final Queue<Runnable> changes = new ConcurrentLinkedQueue<>();

        GatheringLoop(MemoryFleet fleet) {
            this.fleet = fleet;
        }

        int gathered() {
            return changes.size();
        }

        void release() {
            changes.forEach(Runnable::run);
        }

        @Override
        public Fleet fleet() {
            return fleet.fleet();
        }

        @Override
        public CompletableFuture<Fleet> change(String actor, Change change) {
            CompletableFuture<Fleet> answer = new CompletableFuture<>();
            changes.add(() -> answer.complete(fleet.change(actor, change).join()));
            return answer;
        }
    }

    /** Returns when the report is taken; it is, whatever it shows. */
    private void receive(long number, String shown) {
        intake.receive(node.id(), signed(report(number, List.of(), shown)));
        await().atMost(SOON)
                .until(() -> fleet.fleet()
                        .node(node.id())
                        .filter(known ->
                                known.report() != null && known.report().number() == number)
                        .isPresent());
    }

    private String signed(Report report) {
        return Signed.sign(Kind.REPORT, WireJson.write(report, Report.class), keys.privateKey());
    }

    private Report report(long number, List<Outcome> outcomes, @Nullable String shown) {
        Report like = ExampleNodes.report(node, NodeState.READY, SwarmFacts.inactive());
        return new Report(
                node.id(),
                number,
                like.agentVersion(),
                1,
                7,
                like.state(),
                like.facts(),
                List.of(),
                List.of(),
                outcomes,
                null,
                "",
                null,
                shown);
    }

    private static String spec(FleetNode of) {
        return WireJson.write(ExampleNodes.withSpec(of).spec(), NodeSpec.class);
    }
}
