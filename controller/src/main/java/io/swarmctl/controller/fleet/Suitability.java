package io.swarmctl.controller.fleet;

import io.swarmctl.common.wire.InterfaceFacts;
import io.swarmctl.common.wire.Report;
import java.util.Comparator;

/**
 * Which of two nodes makes the better manager: wired before wireless, no under-voltage before under-voltage, more
 * memory before less; the lower id decides, so that the choice is the same every time.
 */
final class Suitability {
    static final Comparator<FleetNode> BEST_FIRST = Comparator.comparing(Suitability::isWired)
            .thenComparing(Suitability::isWellFed)
            .thenComparing(node -> node.board().memoryBytes())
            .reversed()
            .thenComparing(FleetNode::id);

    private Suitability() {}

    private static boolean isWired(FleetNode node) {
        Report report = node.report();
        return report != null && report.facts().interfaces().stream().anyMatch(InterfaceFacts::wired);
    }

    private static boolean isWellFed(FleetNode node) {
        Report report = node.report();
        return report != null && !report.facts().hardware().hasSeenUnderVoltage();
    }
}
