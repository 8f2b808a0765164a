package io.swarmctl.agent.converge;

import io.swarmctl.agent.link.SpecInbox;
import io.swarmctl.agent.link.StateDirectory;
import io.swarmctl.agent.machine.Machine;
import io.swarmctl.agent.machine.MachineException;
import io.swarmctl.common.plan.Plan;
import io.swarmctl.common.wire.Finding;
import io.swarmctl.common.wire.NodeSpec;
import io.swarmctl.common.wire.NodeState;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The loop of a node's life: make a pass, rest, make the next. A new spec ends the rest. */
public final class Agent {
    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(60);
    private static final Duration LOOK_AGAIN_WHILE_WAITING = Duration.ofSeconds(5);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(5);
    private static final Duration LAST_RETRY = Duration.ofMinutes(5);
    private static final Duration SETTLED_AFTER = Duration.ofSeconds(15);
    private static final Duration REPORT_WITHIN = Duration.ofSeconds(5);

    private final Machine machine;
    private final Converger converger;
    private final SpecInbox specs;
    private final Reporter reporter;
    private final RebootGuard reboots;
    private final WhenReady whenReady;
    private final RandomGenerator random;
    private final Backoff backoff;
    private boolean ready;

    /** Something to do once a node is ready and idle. */
    @FunctionalInterface
    public interface WhenReady {
        /** Does it, blocking; whether the agent is to be started again. */
        boolean restart() throws InterruptedException;
    }

    public Agent(
            Machine machine,
            Converger converger,
            SpecInbox specs,
            Reporter reporter,
            StateDirectory state,
            WhenReady whenReady,
            RandomGenerator random) {
        this.machine = machine;
        this.converger = converger;
        this.specs = specs;
        this.reporter = reporter;
        this.reboots = new RebootGuard(state);
        this.whenReady = whenReady;
        this.random = random;
        this.backoff = new Backoff(FIRST_RETRY, LAST_RETRY, random);
    }

    /** Goes on until the thread is interrupted, or returns when the agent is to be started again. */
    public void run() throws InterruptedException {
        specs.awaitNews(Duration.ZERO);
        boolean settled = false;
        while (!Thread.currentThread().isInterrupted()) {
            Duration rest = specs.current().isPresent() ? pass() : LOOK_AGAIN;
            boolean idle = !specs.awaitNews(settled || !ready ? rest : SETTLED_AFTER);
            if (ready && idle && !settled) {
                settled = true;
                if (whenReady.restart()) {
                    return;
                }
            }
        }
    }

    private Duration pass() throws InterruptedException {
        try {
            ready = false;
            Pass pass = converger.converge(() -> specs.current().orElseThrow());
            return switch (pass.state()) {
                case READY -> {
                    ready = hasRole(pass);
                    backoff.reset();
                    reboots.forget();
                    yield spread(LOOK_AGAIN);
                }
                case WAITING -> {
                    backoff.reset();
                    yield spread(LOOK_AGAIN_WHILE_WAITING);
                }
                case REBOOTING -> reboot(pass);
                case BLOCKED -> spread(LOOK_AGAIN);
                case FAILED, CONVERGING -> backoff.next();
            };
        } catch (MachineException | IOException e) {
            LOG.warn("the pass could not be made: {}", e.getMessage());
            return backoff.next();
        }
    }

    private static boolean hasRole(Pass pass) {
        return pass.spec().role() != null;
    }

    /** Reports first, for there is no telling afterwards. */
    private Duration reboot(Pass pass) throws IOException, MachineException, InterruptedException {
        String reason = pass.plan().rebootFor();
        String bootId = pass.facts().system().bootId();
        if (!reboots.mayReboot(reason, bootId)) {
            reporter.ends(rebootedInVain(pass));
            return spread(LOOK_AGAIN);
        }
        reboots.note(reason, bootId);
        reporter.flush(REPORT_WITHIN);
        LOG.info("rebooting: {}", reason);
        machine.reboot();
        return LOOK_AGAIN;
    }

    private static Pass rebootedInVain(Pass pass) {
        NodeSpec spec = pass.spec();
        List<Finding> findings = new ArrayList<>(pass.plan().findings());
        findings.add(Finding.error(
                "the node has rebooted and still needs to: " + pass.plan().rebootFor(),
                "look at the node's kernel command line and installed kernels, then reboot it by hand"));
        Plan plan = new Plan(List.of(), pass.plan().rebootFor(), findings, "");
        return new Pass(spec, pass.facts(), plan, NodeState.BLOCKED, pass.outcomes());
    }

    private Duration spread(Duration around) {
        long half = around.toMillis() / 2;
        return Duration.ofMillis(half + random.nextLong(around.toMillis()));
    }
}
