package io.swarmctl.controller.api;

import io.swarmctl.controller.api.view.FirstUserView;
import io.swarmctl.controller.api.view.PolicyChangeView;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetException;
import io.swarmctl.controller.fleet.Policy;
import io.swarmctl.controller.fleet.PolicyCommands;
import io.swarmctl.controller.fleet.RoleCommands;
import io.swarmctl.controller.fleet.Transition;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can be asked and done about the policy, as text. */
final class PolicyOperations implements Operations {
    private final Ports ports;
    private final Changes changes;

    PolicyOperations(Ports ports) {
        this.ports = ports;
        this.changes = new Changes(ports);
    }

    @Override
    public Map<String, Operation> operations() {
        return Map.of(
                "exportFleet", this::export,
                "handOutFirstUser", this::firstUser,
                "applyFleet", call -> call.flag("dryRun") ? diff(call) : apply(call),
                "diffFleet", this::diff,
                "getFleetSchema", this::schema);
    }

    private Future<Answer> export(Call call) {
        String yaml = ports.policy().write(ports.loop().fleet().policy());
        return Future.succeededFuture(Answer.text("application/yaml", yaml));
    }

    private Future<Answer> firstUser(Call call) {
        return changes.make(call, PolicyCommands::handOutUser)
                .map(done -> Answer.json(view(done.fleet().policy().user()), FirstUserView.class));
    }

    private static FirstUserView view(Policy.@Nullable User user) {
        return user == null
                ? new FirstUserView("", "", List.of())
                : new FirstUserView(user.name(), user.passwordHash(), user.sshKeys());
    }

    private Future<Answer> schema(Call call) {
        return Future.succeededFuture(
                Answer.text("application/json", ports.policy().schema()));
    }

    private Future<Answer> diff(Call call) {
        try {
            Fleet fleet = ports.loop().fleet();
            Policy wanted = ports.policy().read(call.text(), fleet.policy());
            Transition possible = PolicyCommands.apply(fleet, wanted);
            return Future.succeededFuture(answer(fleet.policy(), possible.fleet(), false));
        } catch (PolicyPort.Refused | FleetException e) {
            return Future.failedFuture(e);
        }
    }

    private Future<Answer> apply(Call call) {
        try {
            Policy before = ports.loop().fleet().policy();
            Policy wanted = ports.policy().read(call.text(), before);
            return changes.make(call, fleet -> {
                        requireSame(fleet.policy(), before);
                        return PolicyCommands.apply(fleet, wanted);
                    })
                    .map(done -> answer(before, done.fleet(), true));
        } catch (PolicyPort.Refused e) {
            return Future.failedFuture(e);
        }
    }

    private static void requireSame(Policy now, Policy before) throws FleetException {
        if (!now.equals(before)) {
            throw new FleetException(
                    FleetException.Reason.CONFLICT,
                    "somebody else changed the policy meanwhile",
                    "look at the difference again, then apply");
        }
    }

    private Answer answer(Policy before, Fleet after, boolean applied) {
        List<String> lines = ports.policy().diff(before, after.policy());
        return Answer.json(
                new PolicyChangeView(ports.clock().instant(), lines, applied, RoleCommands.warnings(after)),
                PolicyChangeView.class);
    }
}
