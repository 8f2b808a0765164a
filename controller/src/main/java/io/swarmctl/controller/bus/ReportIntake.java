package io.swarmctl.controller.bus;

import io.swarmctl.common.trust.Kind;
import io.swarmctl.common.trust.TrustException;
import io.swarmctl.common.wire.BusMaps;
import io.swarmctl.common.wire.JoinTokens;
import io.swarmctl.common.wire.NodeSpec;
import io.swarmctl.common.wire.Report;
import io.swarmctl.common.wire.WireException;
import io.swarmctl.common.wire.WireJson;
import io.swarmctl.controller.enrol.ControllerKeys;
import io.swarmctl.controller.fleet.ActionRun;
import io.swarmctl.controller.fleet.Epochs;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetLoop;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.Journal;
import io.swarmctl.controller.fleet.LogLine;
import io.swarmctl.controller.fleet.Reports;
import io.swarmctl.controller.fleet.Transition;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes nodes' reports off the bus: checks the signature, opens what is sealed, and hands them to the fleet. */
public final class ReportIntake implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReportIntake.class);

    private final FleetLoop loop;
    private final ControllerKeys keys;
    private final BiConsumer<List<LogLine>, List<ActionRun>> journal;
    private final InstantSource clock;
    private final LatestByNode latest;

    /** @param journal takes lines for the nodes' logs, and the actions that have ended; must not block */
    public ReportIntake(
            FleetLoop loop,
            ControllerKeys keys,
            BiConsumer<List<LogLine>, List<ActionRun>> journal,
            InstantSource clock) {
        this.loop = loop;
        this.keys = keys;
        this.journal = journal;
        this.clock = clock;
        this.latest = new LatestByNode("reports", this::take);
    }

    public void start() {
        latest.start();
    }

    /** Does not block. A report that was overtaken by a later one of its node may be passed over. */
    public void receive(String nodeId, String jws) {
        if (jws.length() > BusMaps.longest(BusMaps.REPORTS)) {
            LOG.warn("a report of {} is not taken: it has {} characters", nodeId, jws.length());
        } else if (loop.fleet().node(nodeId).isPresent()) {
            latest.put(nodeId, jws);
        }
    }

    @Override
    public void close() {
        latest.close();
    }

    /** What a report tells that the one before it, by the time it is taken, did not. */
    private record News(List<LogLine> lines, List<ActionRun> runs) {
        static final News NONE = new News(List.of(), List.of());

        static News of(FleetNode node, Report report, Instant at) {
            Report before = node.report();
            return before != null && before.number() >= report.number()
                    ? NONE
                    : new News(Journal.lines(before, report, at), ActionRun.ended(before, report, node.model(), at));
        }
    }

    private void take(String nodeId, String jws) {
        FleetNode node = loop.fleet().nodes().get(nodeId);
        if (node == null) {
            return;
        }
        try {
            String text = keys.verify(Kind.REPORT, jws, node.publicJwk());
            Report report = WireJson.read(text, Report.class);
            if (!report.nodeId().equals(nodeId)) {
                throw new TrustException("a report of " + report.nodeId(), null);
            }
            JoinTokens tokens = tokens(node, report);
            Optional<NodeSpec> followed = followed(node, report);
            Instant at = clock.instant();
            AtomicReference<@Nullable News> news = new AtomicReference<>();
            FleetLoop.Change taking = fleet -> {
                if (!hasKey(fleet, node)) {
                    return Transition.silent(fleet);
                }
                news.set(News.of(fleet.node(node.id()).orElse(node), report, at));
                return followed.map(spec -> Epochs.learn(fleet, spec))
                        .orElse(Transition.silent(fleet))
                        .then(known -> Reports.receive(known, report, tokens, at));
            };
            CompletableFuture<Fleet> unused = (saysNothingNew(node, report)
                            ? loop.changeInPassing("controller", taking)
                            : loop.change("controller", taking))
                    .whenComplete((fleet, failure) -> told(node, news.get(), failure));
        } catch (TrustException | WireException e) {
            LOG.warn("a report of {} is not taken: {}", node.name(), e.getMessage());
        }
    }

    /** Whether it only says that all is as it was, as agents do now and then: temperatures and the like may wait. */
    private static boolean saysNothingNew(FleetNode node, Report report) {
        Report before = node.report();
        return before != null
                && report.newerSpec() == null
                && report.state() == before.state()
                && report.epoch() == before.epoch()
                && report.generation() == before.generation()
                && report.waitingFor().equals(before.waitingFor())
                && report.outcomes().equals(before.outcomes())
                && report.plan().equals(before.plan())
                && report.facts().swarm().equals(before.facts().swarm())
                && Objects.equals(report.running(), before.running())
                && Objects.equals(report.sealedTokens(), before.sealedTokens());
    }

    /** Its card may have been replaced since the signature was checked. */
    private static boolean hasKey(Fleet fleet, FleetNode checked) {
        return fleet.node(checked.id())
                .filter(node -> node.publicJwk().equals(checked.publicJwk()))
                .isPresent();
    }

    /** What the node shows of what it was told: counts only when this controller has signed it, for this node. */
    private Optional<NodeSpec> followed(FleetNode node, Report report) {
        String shown = report.newerSpec();
        if (shown == null || shown.length() > Report.LONGEST_SPEC) {
            return Optional.empty();
        }
        try {
            NodeSpec spec = WireJson.read(keys.verifyOwn(Kind.SPEC, shown), NodeSpec.class);
            if (!spec.nodeId().equals(node.id())) {
                throw new TrustException("it is for " + spec.nodeId(), null);
            }
            return Optional.of(spec);
        } catch (TrustException | WireException e) {
            LOG.warn("the spec that {} shows proves nothing: {}", node.name(), e.getMessage());
            return Optional.empty();
        }
    }

    private void told(FleetNode node, @Nullable News news, @Nullable Throwable failure) {
        if (failure != null) {
            LOG.warn("a report of {} could not be kept: {}", node.name(), failure.getMessage());
        } else if (news != null && !news.lines().isEmpty()) {
            journal.accept(news.lines(), news.runs());
        }
    }

    /** Opened once for as long as the node sends the same. */
    private @Nullable JoinTokens tokens(FleetNode node, Report report) throws TrustException, WireException {
        String sealed = report.sealedTokens();
        Report before = node.report();
        if (sealed == null || (before != null && sealed.equals(before.sealedTokens()) && known(report))) {
            return null;
        }
        return WireJson.read(keys.open(sealed), JoinTokens.class);
    }

    private boolean known(Report report) {
        JoinTokens tokens = loop.fleet().swarm().tokens();
        return tokens != null
                && tokens.clusterId().equals(report.facts().swarm().clusterId());
    }
}
