package io.swarmctl.controller.api;

import io.swarmctl.controller.api.view.RolesView;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.RoleCommands;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What can be asked and done about roles. */
final class RoleOperations implements Operations {
    private final Ports ports;
    private final Changes changes;

    RoleOperations(Ports ports) {
        this.ports = ports;
        this.changes = new Changes(ports);
    }

    @Override
    public Map<String, Operation> operations() {
        return Map.of(
                "listRoles", this::list,
                "assignRole", this::assign,
                "unassignRole", this::unassign,
                "setAutoRoles", this::setAuto,
                "clearAutoRoles", call -> changes.answer(call, List.of(), RoleCommands::clearAuto));
    }

    private Future<Answer> list(Call call) {
        return Future.succeededFuture(
                Answer.json(FleetViews.roles(ports.loop().fleet(), ports.clock().instant()), RolesView.class));
    }

    private Future<Answer> assign(Call call) {
        JsonObject body = call.body();
        String role = body.getString("role");
        boolean all = body.getBoolean("allUnassigned", false);
        if (all == body.containsKey("nodes")) {
            return Future.failedFuture(Problem.of(
                    400, "invalid-request", "either 'nodes' or 'allUnassigned' is needed", "send one of the two"));
        }
        if (all) {
            List<String> unassigned = ports.loop().fleet().enrolled().stream()
                    .filter(node -> node.role() == null)
                    .map(FleetNode::id)
                    .toList();
            return changes.answer(call, unassigned, fleet -> RoleCommands.assignToUnassigned(fleet, role));
        }
        List<String> nodes = call.nodes();
        return changes.answer(call, nodes, fleet -> RoleCommands.assign(fleet, role, nodes));
    }

    private Future<Answer> unassign(Call call) {
        List<String> nodes = call.nodes();
        return changes.answer(call, nodes, fleet -> RoleCommands.unassign(fleet, nodes));
    }

    private Future<Answer> setAuto(Call call) {
        int managers = call.body().getInteger("managers");
        Duration settle = Duration.ofSeconds(call.body().getInteger("settleSeconds", 30));
        return changes.answer(call, List.of(), fleet -> RoleCommands.setAuto(fleet, managers, settle));
    }
}
