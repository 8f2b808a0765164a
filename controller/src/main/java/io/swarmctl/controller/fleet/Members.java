package io.swarmctl.controller.fleet;

import io.swarmctl.common.wire.Membership;
import io.swarmctl.common.wire.NodeSpec;
import io.swarmctl.common.wire.NodeState;
import io.swarmctl.common.wire.Report;
import io.swarmctl.common.wire.SwarmFacts;
import io.swarmctl.common.wire.SwarmState;
import java.util.List;
import java.util.stream.Stream;

/** Who is in the swarm, as the nodes themselves say. */
final class Members {
    private static final int SWARM_PORT = 2377;

    private Members() {}

    static boolean isIn(FleetNode node, String clusterId) {
        Report report = node.report();
        return report != null && report.facts().swarm().isIn(clusterId);
    }

    /** Managers of that swarm which can be given work; not those that it has gone on without. */
    static Stream<FleetNode> workingManagers(Fleet fleet, String clusterId) {
        return fleet.enrolled().stream()
                .filter(node -> isIn(node, clusterId) && fleet.isConnected(node) && manages(node))
                .filter(node -> !isOfEarlierEpoch(fleet, node));
    }

    /**
     * Whether a manager still has the swarm as it was before another one recovered it, and says so after it was told:
     * what it said before is no reason to leave, for most managers find their way back by themselves.
     */
    static boolean isLeftBehind(Fleet fleet, FleetNode node) {
        NodeSpec spec = node.spec();
        return isOfEarlierEpoch(fleet, node)
                && spec != null
                && spec.swarm().origin().epoch() == fleet.swarm().founderEpoch()
                && hasAnsweredSpec(node);
    }

    /** Whether the node's last report was made when it had its latest spec. */
    static boolean hasAnsweredSpec(FleetNode node) {
        Report report = node.report();
        NodeSpec spec = node.spec();
        return report != null
                && spec != null
                && report.epoch() == spec.epoch()
                && report.generation() == spec.generation();
    }

    /** Whether a manager last spoke of the swarm as it was before another one recovered it. */
    static boolean isOfEarlierEpoch(Fleet fleet, FleetNode node) {
        return swarmFacts(node).stream()
                .anyMatch(swarm -> swarm.manager()
                        && swarm.founderEpoch() > 0
                        && swarm.founderEpoch() < fleet.swarm().founderEpoch());
    }

    /** Whether the swarm's managers have that member for a worker. */
    static boolean isListedAsWorker(Fleet fleet, FleetNode node, String clusterId) {
        return swarmFacts(node).stream()
                .filter(swarm -> !swarm.nodeId().isEmpty())
                .anyMatch(swarm -> workingManagers(fleet, clusterId)
                        .filter(manager ->
                                RoleRules.isManager(manager) && !manager.id().equals(node.id()))
                        .flatMap(manager -> swarmFacts(manager).stream())
                        .flatMap(facts -> facts.node(swarm.nodeId()).stream())
                        .anyMatch(entry -> entry.membership() == Membership.WORKER));
    }

    static boolean manages(FleetNode node) {
        Report report = node.report();
        return report != null
                && report.facts().swarm().manager()
                && report.facts().swarm().state() == SwarmState.ACTIVE;
    }

    /**
     * Where a new node can reach the swarm: what its managers say of themselves, else what its members know of them. Who
     * is not to be a manager is not believed to be one.
     */
    static List<String> managerAddresses(Fleet fleet, String clusterId) {
        List<String> own = fleet.nodes().values().stream()
                .filter(node -> isIn(node, clusterId) && manages(node) && RoleRules.isManager(node))
                .map(Members::swarmFacts)
                .flatMap(facts -> facts.stream().map(swarm -> swarm.address() + ":" + SWARM_PORT))
                .toList();
        if (!own.isEmpty()) {
            return own;
        }
        return fleet.nodes().values().stream()
                .filter(node -> isIn(node, clusterId))
                .flatMap(node -> swarmFacts(node).stream())
                .flatMap(facts -> facts.managers().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** Whether a node that may join can do so now: its engine runs and nothing keeps it. */
    static boolean canJoin(Fleet fleet, FleetNode node) {
        Report report = node.report();
        return report != null
                && fleet.isConnected(node)
                && report.facts().docker().answers()
                && report.state() != NodeState.BLOCKED
                && report.state() != NodeState.REBOOTING;
    }

    static List<SwarmFacts> swarmFacts(FleetNode node) {
        Report report = node.report();
        return report == null ? List.of() : List.of(report.facts().swarm());
    }

    /** Whether that manager's list of the swarm's nodes has the entry. */
    static boolean lists(FleetNode witness, String swarmNodeId) {
        return swarmFacts(witness).stream()
                .anyMatch(swarm -> swarm.node(swarmNodeId).isPresent());
    }
}
