package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.ChangeView;
import io.swarmctl.controller.api.view.NodeView;
import io.swarmctl.controller.api.view.PlanView;
import io.swarmctl.controller.api.view.PreviewView;
import io.swarmctl.controller.api.view.PreviewView.AffectedNodeView;
import io.swarmctl.controller.api.view.PreviewView.QuorumView;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Tells people what a change would come to. */
final class PreviewWords {
    private static final int FEW = 10;

    private final Surroundings surroundings;

    PreviewWords(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    String of(ChangeView view) {
        PreviewView preview = view.preview();
        if (preview == null || view.done().isEmpty()) {
            return "nothing to change\n";
        }
        StringBuilder text = new StringBuilder();
        if (preview.nodes().isEmpty()) {
            text.append("it would say: ").append(String.join("; ", view.done())).append('\n');
        } else {
            text.append(nodes(view, preview.nodes()));
        }
        text.append(quorum(preview.before(), preview.after()));
        view.warnings()
                .forEach(warning -> text.append("warning: ").append(warning).append('\n'));
        String harm = harm(preview);
        return text.append(harm.isEmpty() ? "" : "warning: " + harm + "\n").toString();
    }

    /** Those that were asked for all, others only when they are few. */
    private String nodes(ChangeView view, List<AffectedNodeView> affected) {
        Set<String> asked = view.nodes().stream().map(NodeView::id).collect(Collectors.toSet());
        List<AffectedNodeView> others =
                affected.stream().filter(node -> !asked.contains(node.id())).toList();
        if (asked.isEmpty() || others.size() <= FEW) {
            return table(affected);
        }
        List<AffectedNodeView> own =
                affected.stream().filter(node -> asked.contains(node.id())).toList();
        Map<String, Long> roles =
                others.stream().collect(Collectors.groupingBy(PreviewWords::role, TreeMap::new, Collectors.counting()));
        String counts = roles.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
        return table(own) + "and " + Words.count(others.size(), "other node") + " would change too, by role: " + counts
                + "\n";
    }

    private String table(List<AffectedNodeView> nodes) {
        Table table = new Table(surroundings, -1, "NODE", "ROLE", "WOULD");
        for (AffectedNodeView node : nodes) {
            table.row(node.name(), role(node), would(node));
        }
        return table.toString();
    }

    private static String role(AffectedNodeView node) {
        String before = Words.dash(node.roleBefore());
        return Objects.equals(node.roleBefore(), node.roleAfter())
                ? before
                : before + " -> " + Words.dash(node.roleAfter());
    }

    private static String would(AffectedNodeView node) {
        if (!node.status().equals("enrolled") && !node.status().equals("removing")) {
            return "be " + node.status();
        }
        if (!node.problem().isEmpty()) {
            return "do nothing, for " + node.problem();
        }
        String actions = node.actions().stream().map(PlanView.Step::title).collect(Collectors.joining(", "));
        String reboot = node.rebootFor().isEmpty() ? "" : ", and reboot";
        String waits = node.waitingFor().isEmpty() ? "" : "wait for " + node.waitingFor();
        if (actions.isEmpty() && reboot.isEmpty()) {
            return waits.isEmpty() ? "have nothing to do" : waits;
        }
        return actions + reboot + (waits.isEmpty() ? "" : "; " + waits);
    }

    private static String quorum(QuorumView before, QuorumView after) {
        if (before.equals(after)) {
            return "";
        }
        return "managers " + before.managers() + " -> " + after.managers() + ", connected " + before.connected()
                + " -> " + after.connected() + ", may fail " + Math.max(0, before.spare()) + " -> "
                + Math.max(0, after.spare()) + "\n";
    }

    /** What the swarm would suffer that it does not suffer now; empty when nothing. */
    static String harm(PreviewView preview) {
        QuorumView before = preview.before();
        QuorumView after = preview.after();
        if (before.managers() > 0 && after.managers() == 0) {
            return "nobody would manage the swarm";
        }
        if (before.spare() >= 0 && after.spare() < 0) {
            return "the swarm would stand still: " + after.connected() + " of " + after.managers()
                    + " managers would be connected, and it needs " + after.needed();
        }
        return "";
    }
}
