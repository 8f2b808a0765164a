package io.swarmctl.agent.converge;

import io.swarmctl.agent.link.Bus;
import io.swarmctl.agent.link.Bus.BusException;
import io.swarmctl.common.plan.Plan;
import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.wire.Action;
import io.swarmctl.common.wire.Facts;
import io.swarmctl.common.wire.NodeSpec;
import io.swarmctl.common.wire.NodeState;
import io.swarmctl.common.wire.Outcome;
import io.swarmctl.common.wire.Report;
import io.swarmctl.common.wire.Running;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes reports of what the agent does, and has them sent when they are news. Told by the agent's thread only. */
public final class Reporter implements Narrator, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);
    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(3);
    private static final Duration REPEAT_AFTER = Duration.ofSeconds(55);

    /** A thousand nodes may have it to say at the same moment that they were told something and wait for their turn. */
    private static final Duration QUIET_WITHIN = Duration.ofSeconds(1);

    private final Sender sender;
    private final AtomicLong number;
    private final TokenSeal tokens;
    private final Supplier<Optional<String>> newerSpec;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Dispatch dispatch;

    private @Nullable Report latest;
    private long latestAt;

    /**
     * Who reports.
     *
     * @param firstNumber higher than that of any report of this node key before
     */
    public record Sender(String nodeId, String agentVersion, EcKeys keys, long firstNumber) {}

    /** Where signed texts go; {@link Bus#put}. */
    @FunctionalInterface
    public interface Outbox {
        void put(String map, String value) throws BusException;
    }

    /** The swarm's join tokens as the controller may see them, or null when this machine manages no swarm. */
    @FunctionalInterface
    public interface TokenSeal {
        @Nullable
        String seal(NodeSpec spec, Facts facts);
    }

    /**
     * @param newerSpec the signed spec that the node follows, while the controller offers an older one
     * @param random spreads reports that are in no hurry
     */
    public Reporter(
            Sender sender,
            TokenSeal tokens,
            Supplier<Optional<String>> newerSpec,
            InstantSource clock,
            RandomGenerator random) {
        this.sender = sender;
        this.number = new AtomicLong(sender.firstNumber());
        this.tokens = tokens;
        this.newerSpec = newerSpec;
        this.clock = clock;
        this.random = random;
        this.dispatch = new Dispatch(sender.nodeId(), sender.keys(), number::incrementAndGet);
    }

    /** Begins to send; what has been told before is sent first. */
    public void start(Outbox outbox) {
        dispatch.start(outbox);
    }

    @Override
    public void begins(NodeSpec spec, Facts facts, Plan plan, Action action, List<Outcome> done) {
        LOG.info("begin: {}", action.title());
        Running running = new Running(action.title(), clock.millis(), "");
        report(spec, facts, plan, NodeState.CONVERGING, done, running);
    }

    @Override
    public void prints(Action action, String line) {
        dispatch.offer(action.title(), line);
        Report current = latest;
        long now = clock.millis();
        if (current != null && current.running() != null && isOver(PROGRESS_EVERY, now)) {
            tell(current.withProgress(number.incrementAndGet(), line.strip()), now, Duration.ZERO);
        }
    }

    @Override
    public void ends(Pass pass) {
        report(pass.spec(), pass.facts(), pass.plan(), pass.state(), pass.outcomes(), null);
    }

    /** Sends the latest report again, as after a new connection: the controller may have lost it. Any thread may call it. */
    public void again() {
        dispatch.again();
    }

    /** Waits until everything is sent, at the longest for that time. */
    public void flush(Duration longest) throws InterruptedException {
        dispatch.flush(longest);
    }

    @Override
    public void close() {
        dispatch.close();
    }

    private void report(
            NodeSpec spec, Facts facts, Plan plan, NodeState state, List<Outcome> outcomes, @Nullable Running running) {
        List<Outcome> shown = outcomes.isEmpty() && latest != null ? latest.outcomes() : outcomes;
        Report next = new Report(
                sender.nodeId(),
                number.incrementAndGet(),
                sender.agentVersion(),
                spec.epoch(),
                spec.generation(),
                state,
                facts,
                plan.actions(),
                plan.findings(),
                shown,
                running,
                plan.waitingFor(),
                tokens.seal(spec, facts),
                proof());
        long now = clock.millis();
        if (latest == null || isOver(REPEAT_AFTER, now) || !isSameNews(latest, next)) {
            tell(next, now, isQuiet(latest, next) ? upTo(QUIET_WITHIN) : Duration.ZERO);
        }
    }

    private Duration upTo(Duration longest) {
        return Duration.ofNanos(random.nextLong(longest.toNanos()));
    }

    /** Since the latest; a clock that was set back says nothing of how long ago that was. */
    private boolean isOver(Duration time, long now) {
        return now < latestAt || now - latestAt >= time.toMillis();
    }

    private @Nullable String proof() {
        return newerSpec
                .get()
                .filter(spec -> spec.length() <= Report.LONGEST_SPEC)
                .orElse(null);
    }

    private void tell(Report next, long now, Duration within) {
        latest = next;
        latestAt = now;
        dispatch.offer(next, within);
    }

    private static boolean isQuiet(@Nullable Report before, Report next) {
        return before != null && next.state() == NodeState.WAITING && isSameMachine(before, next);
    }

    /** Whether nothing has happened to it, or is being done to it, that others may wait to hear of. */
    private static boolean isSameMachine(Report a, Report b) {
        return a.outcomes().equals(b.outcomes())
                && Objects.equals(a.running(), b.running())
                && Objects.equals(a.sealedTokens(), b.sealedTokens())
                && a.facts().swarm().equals(b.facts().swarm())
                && a.facts().docker().equals(b.facts().docker());
    }

    /** Whether a person would learn nothing from the second: temperatures and ages change all the time. */
    private static boolean isSameNews(Report a, Report b) {
        return isSameMachine(a, b)
                && a.epoch() == b.epoch()
                && a.generation() == b.generation()
                && a.state() == b.state()
                && a.plan().equals(b.plan())
                && a.findings().equals(b.findings())
                && a.waitingFor().equals(b.waitingFor())
                && Objects.equals(a.newerSpec(), b.newerSpec())
                && a.facts().interfaces().equals(b.facts().interfaces());
    }
}
