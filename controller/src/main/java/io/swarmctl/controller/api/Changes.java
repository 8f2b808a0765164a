package io.swarmctl.controller.api;

import io.swarmctl.controller.api.view.ChangeView;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetException;
import io.swarmctl.controller.fleet.FleetLoop;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.Preview;
import io.swarmctl.controller.fleet.RoleCommands;
import io.swarmctl.controller.fleet.Transition;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Has the fleet changed for somebody, and tells what came of it. */
final class Changes {
    private static final String DRY_RUN = "dryRun";

    private final Ports ports;

    Changes(Ports ports) {
        this.ports = ports;
    }

    /** What was done, and the fleet after it. */
    record Done(Fleet fleet, List<String> notes) {
        Done {
            notes = List.copyOf(notes);
        }
    }

    Future<Done> make(Call call, FleetLoop.Change change) {
        List<String> notes = new CopyOnWriteArrayList<>();
        return Future.fromCompletionStage(ports.loop().change(call.actor(), fleet -> {
                    Transition made = change.apply(fleet);
                    made.notes().forEach(note -> notes.add(note.text()));
                    return made;
                }))
                .map(after -> new Done(after, notes));
    }

    /** Makes the change; with the parameter {@code dryRun} it only says what that would come to. */
    Future<Answer> answer(Call call, List<String> nodes, FleetLoop.Change change) {
        return call.flag(DRY_RUN) ? preview(nodes, change) : made(call, nodes, change);
    }

    private Future<Answer> preview(List<String> nodes, FleetLoop.Change change) {
        Fleet fleet = ports.loop().fleet();
        Instant now = ports.clock().instant();
        try {
            Preview preview = Preview.of(fleet, change.apply(fleet), now);
            List<FleetNode> asked = nodes.stream()
                    .flatMap(name -> fleet.node(id(name)).stream())
                    .distinct()
                    .toList();
            ChangeView view = new ChangeView(
                    now,
                    preview.notes().stream().map(Transition.Note::text).toList(),
                    NodeViews.list(fleet, asked, now),
                    RoleCommands.warnings(preview.after()),
                    PreviewViews.of(preview));
            return Future.succeededFuture(Answer.json(view, ChangeView.class));
        } catch (FleetException e) {
            return Future.failedFuture(e);
        }
    }

    private Future<Answer> made(Call call, List<String> nodes, FleetLoop.Change change) {
        List<String> ids = nodes.stream().map(this::id).toList();
        return make(call, change).map(done -> {
            List<FleetNode> asked = ids.stream()
                    .flatMap(id -> done.fleet().node(id).stream())
                    .distinct()
                    .toList();
            return answer(done, asked);
        });
    }

    /** @param about the nodes to tell of */
    Answer answer(Done done, List<FleetNode> about) {
        Instant now = ports.clock().instant();
        ChangeView view = new ChangeView(
                now, done.notes(), NodeViews.list(done.fleet(), about, now), RoleCommands.warnings(done.fleet()), null);
        return Answer.json(view, ChangeView.class);
    }

    /** A node's id outlives its name. */
    private String id(String nameOrId) {
        return ports.loop().fleet().named(nameOrId).map(FleetNode::id).orElse(nameOrId);
    }
}
