package io.swarmctl.controller.api;

import io.swarmctl.controller.api.view.RecoveryView;
import io.swarmctl.controller.api.view.SwarmDetailView;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetException;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.SwarmCommands;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can be asked and done about the swarm. */
final class SwarmOperations implements Operations {
    private final Ports ports;
    private final Changes changes;

    SwarmOperations(Ports ports) {
        this.ports = ports;
        this.changes = new Changes(ports);
    }

    @Override
    public Map<String, Operation> operations() {
        return Map.of("getSwarm", this::show, "previewRecovery", this::preview, "recoverSwarm", this::recover);
    }

    private Future<Answer> show(Call call) {
        return Future.succeededFuture(Answer.json(
                SwarmViews.detail(ports.loop().fleet(), ports.clock().instant()), SwarmDetailView.class));
    }

    private Future<Answer> preview(Call call) {
        try {
            SwarmCommands.Recovery recovery = SwarmCommands.preview(ports.loop().fleet(), founder(call));
            return Future.succeededFuture(
                    Answer.json(SwarmViews.recovery(recovery, ports.clock().instant()), RecoveryView.class));
        } catch (FleetException e) {
            return Future.failedFuture(e);
        }
    }

    private Future<Answer> recover(Call call) {
        String founder = founder(call);
        long epoch = call.body().getLong("founderEpoch");
        return changes.make(call, fleet -> SwarmCommands.recover(fleet, founder, epoch))
                .map(done -> changes.answer(done, chosen(done.fleet())));
    }

    private static List<FleetNode> chosen(Fleet fleet) {
        String founder = fleet.swarm().founder();
        return founder == null ? List.of() : fleet.node(founder).stream().toList();
    }

    private static @Nullable String founder(Call call) {
        return call.body().getString("founder");
    }
}
