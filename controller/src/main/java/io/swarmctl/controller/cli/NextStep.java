package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.NodeView;
import io.swarmctl.controller.api.view.StatusView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A command that makes sense as things stand.
 *
 * @param command as it is typed
 * @param why in a few words
 */
record NextStep(String command, String why) {
    private static final Set<String> IN_TROUBLE = Set.of("failed", "blocked", "silent");
    private static final int MOST = 4;

    /** The most pressing first; the last one is always the way to all commands. */
    static List<NextStep> of(StatusView view) {
        List<NextStep> steps = new ArrayList<>();
        if (view.nodes() == 0) {
            steps.add(new NextStep(
                    "swarmctl image build --base IMAGE --out fleet.img", "the card that all nodes boot from"));
            steps.add(new NextStep("swarmctl simulate --nodes 10", "or try it without a Pi"));
        }
        if (standsStill(view)) {
            steps.add(new NextStep("swarmctl swarm show", "too few managers reach each other"));
        }
        if (view.waiting() > 0) {
            steps.add(new NextStep("swarmctl nodes list", "who waits for approval, and why"));
            steps.add(new NextStep("swarmctl nodes approve --all", "let new nodes in"));
        }
        view.attention().stream()
                .filter(node -> IN_TROUBLE.contains(node.state()))
                .findFirst()
                .ifPresent(node -> steps.add(trouble(node, view.states())));
        roles(view, steps);
        if (steps.isEmpty()) {
            steps.add(
                    view.ready()
                            ? new NextStep("swarmctl nodes list", "all of them")
                            : new NextStep("swarmctl status --wait", "watch them get ready"));
        }
        List<NextStep> first = new ArrayList<>(steps.subList(0, Math.min(MOST, steps.size())));
        first.add(new NextStep("swarmctl --help", "all commands"));
        return first;
    }

    private static boolean standsStill(StatusView view) {
        int managers = view.swarm().managersJoined();
        return managers > 0 && 2 * view.swarm().managersReachable() <= managers;
    }

    private static NextStep trouble(NodeView node, Map<String, Integer> states) {
        int others = IN_TROUBLE.stream()
                        .mapToInt(state -> states.getOrDefault(state, 0))
                        .sum()
                - 1;
        return new NextStep(
                "swarmctl nodes show " + node.name(),
                "it is " + node.state() + (others > 0 ? ", and " + Words.count(others, "other") + " in trouble" : ""));
    }

    private static void roles(StatusView view, List<NextStep> steps) {
        int without = view.states().getOrDefault("new", 0);
        if (without == 0 || view.auto() != null) {
            return;
        }
        if (view.swarm().managers() == 0) {
            int managers = without >= 5 ? 3 : 1;
            steps.add(new NextStep(
                    "swarmctl roles auto --managers " + managers,
                    "give all " + Words.count(without, "node") + " a role, and later ones too"));
        } else {
            steps.add(new NextStep(
                    "swarmctl roles assign worker --all-unassigned", Words.count(without, "node") + " without a role"));
        }
    }
}
