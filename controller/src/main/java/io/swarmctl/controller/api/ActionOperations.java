package io.swarmctl.controller.api;

import io.swarmctl.controller.api.view.ActionsView;
import io.swarmctl.controller.api.view.DurationsView;
import io.swarmctl.controller.fleet.ActionRun;
import io.swarmctl.controller.fleet.Durations;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetException;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.Nodes;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What can be asked about the actions that nodes have carried out. */
final class ActionOperations implements Operations {
    private static final int RUNS_IN_REPORT = 50_000;
    private static final double MILLIS_A_SECOND = 1000.0;

    private final WorkerExecutor reads;
    private final Ports ports;

    ActionOperations(WorkerExecutor reads, Ports ports) {
        this.reads = reads;
        this.ports = ports;
    }

    @Override
    public Map<String, Operation> operations() {
        return Map.of("listActions", this::list, "getDurations", this::durations);
    }

    private Future<Answer> list(Call call) {
        Fleet fleet = ports.loop().fleet();
        int limit = Math.toIntExact(call.number("limit", 1000));
        String asked = call.text("node", "");
        try {
            String nodeId = asked.isEmpty() ? "" : Nodes.find(fleet, asked).id();
            return reads.executeBlocking(() -> ports.store().runs(nodeId, limit), false)
                    .map(runs -> Answer.json(view(fleet, runs, ports.clock().instant()), ActionsView.class));
        } catch (FleetException e) {
            return Future.failedFuture(e);
        }
    }

    private static ActionsView view(Fleet fleet, List<ActionRun> runs, Instant now) {
        return new ActionsView(
                now,
                runs.stream()
                        .map(run -> new ActionsView.RunView(
                                fleet.node(run.nodeId()).map(FleetNode::name).orElse(run.nodeId()),
                                run.model(),
                                run.action(),
                                run.kind(),
                                run.startedAt(),
                                NodeViews.age(run.startedAt(), now),
                                run.millis() / MILLIS_A_SECOND,
                                run.ok()))
                        .toList());
    }

    private Future<Answer> durations(Call call) {
        return reads.executeBlocking(() -> report(ports.store().runs("", RUNS_IN_REPORT)), false);
    }

    private Answer report(List<ActionRun> runs) {
        List<DurationsView.KindView> kinds = Durations.of(runs).stream()
                .map(kind -> new DurationsView.KindView(
                        kind.kind(),
                        kind.model(),
                        kind.count(),
                        kind.failed(),
                        kind.least() / MILLIS_A_SECOND,
                        kind.p25() / MILLIS_A_SECOND,
                        kind.median() / MILLIS_A_SECOND,
                        kind.p75() / MILLIS_A_SECOND,
                        kind.p95() / MILLIS_A_SECOND,
                        kind.most() / MILLIS_A_SECOND))
                .toList();
        return Answer.json(new DurationsView(ports.clock().instant(), runs.size(), kinds), DurationsView.class);
    }
}
