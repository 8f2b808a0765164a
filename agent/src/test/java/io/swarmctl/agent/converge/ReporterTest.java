package io.swarmctl.agent.converge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmctl.agent.link.Bus.BusException;
import io.swarmctl.common.plan.Plan;
import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.trust.Kind;
import io.swarmctl.common.trust.Signed;
import io.swarmctl.common.wire.Action;
import io.swarmctl.common.wire.BusMaps;
import io.swarmctl.common.wire.DockerSource;
import io.swarmctl.common.wire.DockerSpec;
import io.swarmctl.common.wire.NodeSpec;
import io.swarmctl.common.wire.NodeState;
import io.swarmctl.common.wire.OutputChunk;
import io.swarmctl.common.wire.Report;
import io.swarmctl.common.wire.SwarmOrigin;
import io.swarmctl.common.wire.SwarmSpec;
import io.swarmctl.common.wire.SwarmTarget;
import io.swarmctl.common.wire.Upgrade;
import io.swarmctl.common.wire.WireJson;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReporterTest {
    private static final NodeSpec SPEC = new NodeSpec(
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
            "jwk");
    private static final Plan NOTHING = new Plan(List.of(), "", List.of(), "");

    private final EcKeys keys = EcKeys.generate();
    private final SwitchMachine machine = new SwitchMachine();
    private final List<Report> reports = new CopyOnWriteArrayList<>();
    private final List<OutputChunk> chunks = new CopyOnWriteArrayList<>();
    private final AtomicBoolean offline = new AtomicBoolean();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final InstantSource clock = () -> Instant.now().plus(ahead.get());
    private final AtomicReference<String> newerSpec = new AtomicReference<>();
    private final AtomicLong spread = new AtomicLong();
    private final Reporter reporter = new Reporter(
            new Reporter.Sender("serial-1", "test", keys, 100),
            (spec, facts) -> null,
            () -> Optional.ofNullable(newerSpec.get()),
            clock,
            () -> spread.get());

    @AfterEach
    void close() {
        reporter.close();
    }

    @Test
    void reportsAreSignedAndNumberedUpwards() {
        reporter.start(this::take);
        reporter.ends(pass(NodeState.WAITING));
        await().until(() -> reports.size() == 1);
        reporter.ends(pass(NodeState.READY));
        await().until(() -> reports.size() == 2);
        assertThat(reports).extracting(Report::number).containsExactly(101L, 102L);
    }

    @Test
    void noNewsIsNotSent() {
        reporter.start(this::take);
        reporter.ends(pass(NodeState.READY));
        await().until(() -> reports.size() == 1);
        reporter.ends(pass(NodeState.READY));
        await().during(Duration.ofMillis(500)).until(() -> reports.size() == 1);
    }

    @Test
    void aClockThatIsSetBackDoesNotSilenceTheNode() {
        ahead.set(Duration.ofDays(7_000));
        reporter.start(this::take);
        reporter.ends(pass(NodeState.READY));
        await().until(() -> reports.size() == 1);
        ahead.set(Duration.ZERO);
        reporter.ends(pass(NodeState.READY));
        await().until(() -> reports.size() == 2);
    }

    @Test
    void afterALostConnectionOnlyTheLatestIsSent() {
        offline.set(true);
        reporter.start(this::take);
        reporter.ends(pass(NodeState.WAITING));
        await().until(() -> refused.get() > 0);
        reporter.ends(pass(NodeState.FAILED));
        reporter.ends(pass(NodeState.READY));
        offline.set(false);
        reporter.again();
        await().until(() -> !reports.isEmpty());
        assertThat(reports).extracting(Report::state).containsExactly(NodeState.READY);
    }

    @Test
    void whoWaitsTakesItsTimeToSaySoUnlessThereIsMoreToSay() {
        spread.set(Long.MAX_VALUE); // as late as it gets
        reporter.start(this::take);
        reporter.ends(pass(NodeState.READY));
        await().until(() -> reports.size() == 1);
        reporter.ends(pass(NodeState.WAITING));
        reporter.ends(pass(NodeState.FAILED));
        await().until(() -> reports.size() == 2);
        assertThat(reports).extracting(Report::state).containsExactly(NodeState.READY, NodeState.FAILED);
    }

    @Test
    void outputGathersIntoChunksAndTheOldestLinesGo() {
        Action action = new Action.StartDocker();
        for (int line = 0; line < 600; line++) {
            reporter.prints(action, "line " + line);
        }
        reporter.start(this::take);
        await().until(() -> !chunks.isEmpty());
        assertThat(chunks.get(0).lines()).hasSize(500).startsWith("line 100").endsWith("line 599");
        assertThat(chunks.get(0).action()).isEqualTo(action.title());
    }

    @Test
    void flushWaitsUntilAllIsSent() throws Exception {
        reporter.start(this::take);
        reporter.ends(pass(NodeState.REBOOTING));
        reporter.flush(Duration.ofSeconds(10));
        assertThat(reports).extracting(Report::state).containsExactly(NodeState.REBOOTING);
    }

    @Test
    void theSpecThatIsFollowedIsShownWhileTheControllerOffersAnOlderOne() {
        reporter.start(this::take);
        reporter.ends(pass(NodeState.READY));
        await().until(() -> reports.size() == 1);
        newerSpec.set("signed");
        reporter.ends(pass(NodeState.READY));
        await().until(() -> reports.size() == 2);
        newerSpec.set("x".repeat(Report.LONGEST_SPEC + 1));
        reporter.ends(pass(NodeState.READY));
        await().until(() -> reports.size() == 3);
        assertThat(reports).extracting(Report::newerSpec).containsExactly(null, "signed", null);
    }

    private void take(String map, String jws) throws BusException {
        if (offline.get()) {
            refused.incrementAndGet();
            throw new BusException("offline", new IllegalStateException());
        }
        try {
            if (map.equals(BusMaps.REPORTS)) {
                reports.add(WireJson.read(Signed.verify(Kind.REPORT, jws, keys.publicKey()), Report.class));
            } else {
                chunks.add(WireJson.read(Signed.verify(Kind.OUTPUT, jws, keys.publicKey()), OutputChunk.class));
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Pass pass(NodeState state) {
        return new Pass(SPEC, machine.facts(), NOTHING, state, List.of());
    }
}
