package io.swarmctl.controller.api;

import io.swarmctl.controller.api.view.DiagnosisView;
import io.swarmctl.controller.api.view.DiagnosisView.PartView;
import io.swarmctl.controller.fleet.Diagnoses.Taken;
import io.swarmctl.controller.fleet.DiagnosisCommands;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetException;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.Nodes;
import io.swarmctl.controller.fleet.Question;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks nodes what is wrong with them, and tells what they said. */
final class DiagnosisOperations implements Operations {
    private static final long LOOK_AGAIN_MILLIS = 250;

    private final Vertx vertx;
    private final Ports ports;
    private final Changes changes;

    DiagnosisOperations(Vertx vertx, Ports ports) {
        this.vertx = vertx;
        this.ports = ports;
        this.changes = new Changes(ports);
    }

    @Override
    public Map<String, Operation> operations() {
        return Map.of("diagnoseNode", this::ask, "getNodeDiagnosis", this::tell);
    }

    private Future<Answer> ask(Call call) {
        String node = call.path("node");
        return changes.answer(
                call,
                List.of(node),
                fleet -> DiagnosisCommands.ask(fleet, node, ports.clock().instant()));
    }

    private Future<Answer> tell(Call call) {
        long looks = TimeUnit.SECONDS.toMillis(call.number("wait", 0)) / LOOK_AGAIN_MILLIS;
        return look(call, looks).map(view -> Answer.json(view, DiagnosisView.class));
    }

    private Future<DiagnosisView> look(Call call, long looksLeft) {
        try {
            DiagnosisView view = view(ports.loop().fleet(), call.path("node"));
            if (!view.pending() || looksLeft <= 0 || call.isGone()) {
                return Future.succeededFuture(view);
            }
            return vertx.timer(LOOK_AGAIN_MILLIS).compose(fired -> look(call, looksLeft - 1));
        } catch (FleetException e) {
            return Future.failedFuture(e);
        }
    }

    private DiagnosisView view(Fleet fleet, String nameOrId) throws FleetException {
        FleetNode node = Nodes.find(fleet, nameOrId);
        Optional<Taken> taken = ports.diagnoses().latest(node.id());
        Question asked = fleet.diagnoses().get(node.id());
        Instant now = ports.clock().instant();
        if (taken.isPresent() && (asked == null || taken.get().diagnosis().number() >= asked.number())) {
            return view(now, node, taken.get());
        }
        return new DiagnosisView(
                now, node.name(), asked == null ? 0 : asked.number(), asked != null, null, null, List.of());
    }

    private static DiagnosisView view(Instant now, FleetNode node, Taken taken) {
        return new DiagnosisView(
                now,
                node.name(),
                taken.diagnosis().number(),
                false,
                taken.at(),
                Duration.between(taken.at(), now).toSeconds(),
                taken.diagnosis().parts().stream()
                        .map(part -> new PartView(part.name(), part.text(), part.trouble()))
                        .toList());
    }
}
