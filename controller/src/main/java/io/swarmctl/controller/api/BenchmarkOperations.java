package io.swarmctl.controller.api;

import io.swarmctl.controller.api.view.BenchmarksView;
import io.swarmctl.controller.fleet.BenchmarkCommands;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.util.List;
import java.util.Map;

/** Asks nodes how fast they are, and tells what they were found to be. */
final class BenchmarkOperations implements Operations {
    private final WorkerExecutor reads;
    private final Ports ports;
    private final Changes changes;

    BenchmarkOperations(WorkerExecutor reads, Ports ports) {
        this.reads = reads;
        this.ports = ports;
        this.changes = new Changes(ports);
    }

    @Override
    public Map<String, Operation> operations() {
        return Map.of("benchmarkNodes", this::ask, "getBenchmarks", this::tell);
    }

    private Future<Answer> ask(Call call) {
        List<String> nodes = call.nodes();
        return changes.answer(
                call,
                nodes,
                fleet -> BenchmarkCommands.ask(fleet, nodes, ports.clock().instant()));
    }

    private Future<Answer> tell(Call call) {
        return reads.executeBlocking(() -> ports.store().benchmarks(), false)
                .map(runs -> Answer.json(
                        BenchmarkViews.of(
                                ports.loop().fleet(), runs, ports.clock().instant()),
                        BenchmarksView.class));
    }
}
