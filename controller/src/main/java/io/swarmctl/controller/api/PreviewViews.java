package io.swarmctl.controller.api;

import static io.swarmctl.controller.api.NodeViews.word;

import io.swarmctl.common.plan.Plan;
import io.swarmctl.common.plan.Quorum;
import io.swarmctl.common.wire.Finding;
import io.swarmctl.controller.api.view.PreviewView;
import io.swarmctl.controller.api.view.PreviewView.AffectedNodeView;
import io.swarmctl.controller.api.view.PreviewView.QuorumView;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.Preview;
import io.swarmctl.controller.fleet.Preview.AffectedNode;
import java.util.Comparator;
import java.util.List;

/** What people are shown of a change before it is made. */
final class PreviewViews {
    private PreviewViews() {}

    static PreviewView of(Preview preview) {
        return new PreviewView(
                quorum(preview.quorumBefore()),
                quorum(preview.quorumAfter()),
                preview.nodes().stream()
                        .sorted(Comparator.comparing(AffectedNode::node, NodeViews.BY_NAME))
                        .map(PreviewViews::node)
                        .toList());
    }

    private static QuorumView quorum(Quorum quorum) {
        int needed = quorum.managers() == 0 ? 0 : quorum.managers() / 2 + 1;
        return new QuorumView(quorum.managers(), quorum.reachable(), needed, quorum.reachable() - needed);
    }

    private static AffectedNodeView node(AffectedNode affected) {
        FleetNode node = affected.node();
        Plan plan = affected.plan();
        return new AffectedNodeView(
                node.id(),
                node.name(),
                affected.roleBefore(),
                affected.gone() ? null : node.role(),
                affected.gone() ? "gone" : word(node.status()),
                plan == null
                        ? List.of()
                        : plan.actions().stream().map(NodeViews::step).toList(),
                plan == null ? "" : plan.rebootFor(),
                waitingFor(affected),
                plan == null ? "" : problem(plan));
    }

    private static String waitingFor(AffectedNode affected) {
        if (affected.plan() != null) {
            return affected.plan().waitingFor();
        }
        boolean toReport = !affected.gone() && affected.node().status() == FleetNode.Status.ENROLLED;
        return toReport ? "its first report" : "";
    }

    private static String problem(Plan plan) {
        return plan.findings().stream()
                .filter(finding -> finding.severity() == Finding.Severity.ERROR)
                .findFirst()
                .map(Finding::problem)
                .orElse("");
    }
}
