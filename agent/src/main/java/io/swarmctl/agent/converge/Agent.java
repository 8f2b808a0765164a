package io.swarmctl.agent.converge;

import io.swarmctl.agent.link.SpecInbox;
import io.swarmctl.agent.machine.Machine;
import io.swarmctl.agent.machine.MachineException;
import io.swarmctl.agent.retry.Backoff;
import io.swarmctl.common.wire.NodeState;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
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
    private final WhenReady whenReady;
    private final RandomGenerator random;
    private final Backoff backoff;

    /** Null where it could not be made. */
    private @Nullable Pass last;

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
            WhenReady whenReady,
            RandomGenerator random) {
        this.machine = machine;
        this.converger = converger;
        this.specs = specs;
        this.reporter = reporter;
        this.whenReady = whenReady;
        this.random = random;
        this.backoff = new Backoff(FIRST_RETRY, LAST_RETRY, random);
    }

    /** Goes on until the thread is interrupted, or returns when the agent is to be started again. */
    public void run() throws InterruptedException {
        specs.awaitNews(Duration.ZERO);
        boolean settled = false;
        boolean calm = false;
        while (!Thread.currentThread().isInterrupted()) {
            Duration rest = specs.current().isPresent() ? pass(calm) : LOOK_AGAIN;
            boolean idle = !specs.awaitNews(settled || !isReady() ? rest : SETTLED_AFTER);
            calm = idle && isAtRest();
            if (isReady() && idle && !settled) {
                settled = true;
                if (whenReady.restart()) {
                    return;
                }
            }
        }
    }

    private Duration pass(boolean calm) throws InterruptedException {
        try {
            last = null;
            Pass pass = converger.converge(() -> specs.current().orElseThrow(), calm);
            last = pass;
            return switch (pass.state()) {
                case READY -> {
                    backoff.reset();
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
        } catch (MachineException e) {
            LOG.warn("the pass could not be made: {}", e.getMessage());
            return backoff.next();
        }
    }

    private boolean isAtRest() {
        return last != null && last.state() == NodeState.READY;
    }

    private boolean isReady() {
        return last != null && last.spec().role() != null && isAtRest();
    }

    /** Reports first, for there is no telling afterwards. */
    private Duration reboot(Pass pass) throws MachineException, InterruptedException {
        reporter.flush(REPORT_WITHIN);
        LOG.info("rebooting: {}", pass.plan().rebootFor());
        machine.reboot();
        return LOOK_AGAIN;
    }

    private Duration spread(Duration around) {
        long half = around.toMillis() / 2;
        return Duration.ofMillis(half + random.nextLong(around.toMillis()));
    }
}
