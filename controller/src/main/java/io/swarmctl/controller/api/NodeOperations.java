package io.swarmctl.controller.api;

import io.swarmctl.controller.api.view.LogView;
import io.swarmctl.controller.api.view.NodeDetailView;
import io.swarmctl.controller.api.view.NodesView;
import io.swarmctl.controller.api.view.PlanView;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetException;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.LabelCommands;
import io.swarmctl.controller.fleet.LogLine;
import io.swarmctl.controller.fleet.NodeChange;
import io.swarmctl.controller.fleet.NodeCommands;
import io.swarmctl.controller.fleet.Nodes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** What can be asked and done about nodes. */
final class NodeOperations implements Operations {
    private static final long LOOK_AGAIN_MILLIS = 250;

    private final Vertx vertx;
    private final WorkerExecutor reads;
    private final Ports ports;
    private final Changes changes;

    NodeOperations(Vertx vertx, WorkerExecutor reads, Ports ports) {
        this.vertx = vertx;
        this.reads = reads;
        this.ports = ports;
        this.changes = new Changes(ports);
    }

    @Override
    public Map<String, Operation> operations() {
        return Map.ofEntries(
                Map.entry("listNodes", this::list),
                Map.entry("getNode", this::show),
                Map.entry("getNodePlan", this::plan),
                Map.entry("getNodeLog", this::log),
                Map.entry("renameNode", this::rename),
                Map.entry("removeNode", this::remove),
                Map.entry("approveNode", this::approve),
                Map.entry("refuseNode", call -> one(call, NodeChange.REFUSE)),
                Map.entry("revokeNode", call -> one(call, NodeChange.REVOKE)),
                Map.entry("changeNodes", this::several),
                Map.entry("labelNodes", this::label));
    }

    private Future<Answer> one(Call call, NodeChange change) {
        return changes.answer(call, nodes(call), fleet -> change.apply(fleet, nodes(call)));
    }

    private Future<Answer> several(Call call) {
        NodeChange change = NodeChange.valueOf(call.body().getString("change").toUpperCase(Locale.ROOT));
        List<String> nodes = call.nodes();
        return changes.answer(call, nodes, fleet -> change.apply(fleet, nodes));
    }

    private static String node(Call call) {
        return call.path("node");
    }

    private static List<String> nodes(Call call) {
        return List.of(node(call));
    }

    private Future<Answer> label(Call call) {
        Map<String, String> set = new TreeMap<>();
        call.body()
                .getJsonObject("set", new JsonObject())
                .forEach(label -> set.put(label.getKey(), label.getValue().toString()));
        List<String> remove = texts(call.body().getJsonArray("remove", new JsonArray()));
        List<String> nodes = call.nodes();
        return changes.answer(call, nodes, fleet -> LabelCommands.label(fleet, nodes, set, remove));
    }

    private static List<String> texts(JsonArray array) {
        return array.stream().map(Object::toString).toList();
    }

    private Future<Answer> list(Call call) {
        return Future.succeededFuture(
                Answer.json(NodeViews.list(ports.loop().fleet(), ports.clock().instant()), NodesView.class));
    }

    private Future<Answer> show(Call call) {
        try {
            Fleet fleet = ports.loop().fleet();
            return Future.succeededFuture(Answer.json(
                    NodeViews.detail(
                            fleet, Nodes.find(fleet, node(call)), ports.clock().instant()),
                    NodeDetailView.class));
        } catch (FleetException e) {
            return Future.failedFuture(e);
        }
    }

    private Future<Answer> plan(Call call) {
        try {
            FleetNode node = Nodes.find(ports.loop().fleet(), node(call));
            return Future.succeededFuture(
                    Answer.json(NodeViews.plan(node, ports.clock().instant()), PlanView.class));
        } catch (FleetException e) {
            return Future.failedFuture(e);
        }
    }

    private Future<Answer> rename(Call call) {
        String name = call.body().getString("name");
        return changes.answer(call, nodes(call), fleet -> NodeCommands.rename(fleet, node(call), name));
    }

    private Future<Answer> approve(Call call) {
        String key = call.text("key", "");
        return changes.answer(call, nodes(call), fleet -> NodeCommands.approve(fleet, node(call), key));
    }

    private Future<Answer> remove(Call call) {
        return one(call, call.flag("force") ? NodeChange.FORGET : NodeChange.REMOVE);
    }

    private Future<Answer> log(Call call) {
        try {
            FleetNode node = Nodes.find(ports.loop().fleet(), node(call));
            long after = call.number("after", 0);
            int limit = Math.toIntExact(call.number("limit", 1000));
            long looks = TimeUnit.SECONDS.toMillis(call.number("wait", 0)) / LOOK_AGAIN_MILLIS;
            return lines(call, node, after, limit, looks)
                    .map(lines -> Answer.json(
                            FleetViews.log(node, lines, after, ports.clock().instant()), LogView.class));
        } catch (FleetException e) {
            return Future.failedFuture(e);
        }
    }

    private Future<List<LogLine>> lines(Call call, FleetNode node, long after, int limit, long looksLeft) {
        return reads.executeBlocking(() -> ports.store().log(node.id(), after, limit), false)
                .compose(lines -> {
                    if (!lines.isEmpty() || looksLeft <= 0 || call.isGone()) {
                        return Future.succeededFuture(lines);
                    }
                    return vertx.timer(LOOK_AGAIN_MILLIS)
                            .compose(fired -> lines(call, node, after, limit, looksLeft - 1));
                });
    }
}
