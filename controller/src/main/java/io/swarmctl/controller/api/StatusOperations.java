package io.swarmctl.controller.api;

import io.swarmctl.common.trust.Certificates;
import io.swarmctl.controller.api.view.EventsView;
import io.swarmctl.controller.api.view.StatusView;
import io.swarmctl.controller.api.view.VersionView;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetNode;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.util.Map;

/** What can be asked about the fleet and its controller. */
final class StatusOperations implements Operations {
    private final WorkerExecutor reads;
    private final Ports ports;
    private final Identity identity;
    private final OpenApi openApi;

    StatusOperations(WorkerExecutor reads, Ports ports, Identity identity, OpenApi openApi) {
        this.reads = reads;
        this.ports = ports;
        this.identity = identity;
        this.openApi = openApi;
    }

    @Override
    public Map<String, Operation> operations() {
        return Map.of(
                "getStatus", this::status,
                "listEvents", this::events,
                "getVersion", this::version,
                "getCa", call -> text("text/plain", Certificates.toPem(identity.ca())),
                "getOpenApi", call -> text("application/json", openApi.text()));
    }

    private static Future<Answer> text(String contentType, String text) {
        return Future.succeededFuture(Answer.text(contentType, text));
    }

    private Future<Answer> status(Call call) {
        return Future.succeededFuture(Answer.json(
                FleetViews.status(
                        ports.loop().fleet(),
                        ports.loop().trouble().orElse(null),
                        identity.version(),
                        ports.clock().instant()),
                StatusView.class));
    }

    private Future<Answer> version(Call call) {
        return Future.succeededFuture(Answer.json(
                new VersionView(identity.version(), ports.loop().fleet().id(), identity.gatewayPort()),
                VersionView.class));
    }

    private Future<Answer> events(Call call) {
        int limit = Math.toIntExact(call.number("limit", 100));
        Fleet fleet = ports.loop().fleet();
        String node = call.text("node", "");
        // Of a node that is gone its id is left.
        String id = fleet.named(node).map(FleetNode::id).orElse(node);
        return reads.executeBlocking(
                        () -> id.isEmpty()
                                ? ports.store().events(limit)
                                : ports.store().eventsOf(id, limit),
                        false)
                .map(events -> Answer.json(
                        FleetViews.events(fleet, events, ports.clock().instant()), EventsView.class));
    }
}
