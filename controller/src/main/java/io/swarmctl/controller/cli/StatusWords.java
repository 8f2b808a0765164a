package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.StatusView;
import io.swarmctl.controller.api.view.StatusView.SwarmView;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells people how a fleet stands. */
final class StatusWords {
    private final Surroundings surroundings;

    StatusWords(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Everything, with the nodes that a person should know about. */
    String whole(Context context, StatusView view) {
        StringBuilder text = new StringBuilder(head(context, view));
        line("rule", RolesList.rule(view.auto()), text);
        view.warnings().forEach(warning -> line("warning", warning, text));
        if (!view.attention().isEmpty()) {
            text.append(Arrival.table(surroundings, view.attention()));
        }
        return text.append(view.ready() ? "ready\n" : "not ready\n").toString();
    }

    /** A few lines. */
    String inShort(Context context, StatusView view) {
        StringBuilder text = new StringBuilder(head(context, view));
        if (view.auto() != null) {
            line("rule", RolesList.rule(view.auto()), text);
        }
        view.warnings().forEach(warning -> line("warning", warning, text));
        return text.toString();
    }

    private String head(Context context, StatusView view) {
        StringBuilder text = new StringBuilder();
        String where =
                Target.isOwn(context) ? " (this machine's own, without login)" : " (context " + context.name() + ")";
        line("controller", context.url() + ", version " + view.version() + where, text);
        line("fleet", view.fleet() + ": " + states(view), text);
        if (view.waiting() > 0) {
            line("approval", view.waiting() + " waiting: swarmctl nodes list", text);
        }
        line("swarm", swarm(view.swarm()), text);
        return text.toString();
    }

    private static void line(String title, String value, StringBuilder text) {
        text.append(String.format("%-12s", title)).append(value).append('\n');
    }

    private String states(StatusView view) {
        if (view.nodes() == 0) {
            return "no nodes yet; an image lets them in with a key: swarmctl enrolment create";
        }
        return Words.count(view.nodes(), "node") + " ("
                + view.states().entrySet().stream()
                        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                        .map(entry -> entry.getValue() + " " + Colours.state(surroundings, entry.getKey()))
                        .collect(Collectors.joining(", "))
                + ")";
    }

    private static String swarm(SwarmView swarm) {
        if (swarm.clusterId().isEmpty()) {
            return swarm.founder().isEmpty() ? "none yet" : "being founded by " + swarm.founder();
        }
        if (swarm.seenAgeSeconds() == null) {
            return swarm.clusterId() + ", no manager heard yet";
        }
        return swarm.managersReachable() + " of " + Words.count(swarm.managersJoined(), "manager") + " reachable, "
                + swarm.workersReady() + " of " + Words.count(swarm.workersJoined(), "worker") + " ready, leader "
                + Words.dash(swarm.leader()) + ", " + swarm.margin() + " to spare, as of "
                + Words.ago(swarm.seenAgeSeconds());
    }
}
