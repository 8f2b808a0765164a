package io.swarmctl.controller.fleet;

import io.swarmctl.common.wire.Chore;
import io.swarmctl.common.wire.Fingerprint;
import io.swarmctl.common.wire.JoinTokens;
import io.swarmctl.common.wire.Membership;
import io.swarmctl.common.wire.NodeState;
import io.swarmctl.common.wire.Report;
import io.swarmctl.controller.fleet.NodeGoal.SwarmGoal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Where every node is to stand towards the swarm: who founds it, whose turn it is to join, who does its chores. */
final class SwarmPlanner {
    /** Raft takes one new manager at a time well: each changes the quorum. */
    private static final int MANAGERS_AT_ONCE = 1;

    private static final int WORKERS_AT_ONCE = 10;

    private final Fleet fleet;
    private final SwarmRecord swarm;
    private final Set<String> putOut;
    private final Map<String, SwarmGoal> goals = new TreeMap<>();

    private SwarmPlanner(Fleet fleet) {
        this.fleet = fleet;
        this.swarm = fleet.swarm();
        this.putOut = PutOut.of(fleet);
    }

    /** Goals by node id, for all nodes that may have a spec. */
    static Map<String, SwarmGoal> goals(Fleet fleet) {
        SwarmPlanner planner = new SwarmPlanner(fleet);
        planner.plan();
        return planner.goals;
    }

    private void plan() {
        String clusterId = swarm.clusterId();
        Set<String> turns = clusterId == null ? Set.of() : turns(clusterId);
        for (FleetNode node : fleet.nodes().values()) {
            switch (node.status()) {
                case ENROLLED -> goals.put(node.id(), goal(node, clusterId, turns));
                case REMOVING -> goals.put(node.id(), leaving(node, clusterId));
                case PENDING, REVOKED -> {}
            }
        }
        if (clusterId != null) {
            assignChores(clusterId);
        }
    }

    private SwarmGoal goal(FleetNode node, @Nullable String clusterId, Set<String> turns) {
        Optional<Membership> membership = RoleRules.membership(node);
        if (membership.isEmpty()) {
            return Holds.aForgottenRole(fleet, node).orElseGet(() -> leaving(node, clusterId));
        }
        if (Adoption.needsWord(fleet, node)) {
            return Holds.aForeignSwarm(node);
        }
        if (clusterId == null) {
            return beforeFounding(node);
        }
        if (putOut.contains(node.id())) {
            return new SwarmGoal.Outside();
        }
        if (Members.isIn(node, clusterId)) {
            return inside(node, membership.get(), clusterId);
        }
        return turns.contains(node.id())
                ? join(membership.get(), clusterId)
                : new SwarmGoal.Hold("its turn to join the swarm");
    }

    /** Whoever is in the swarm as something else than its role says leaves it, and joins anew. */
    private SwarmGoal inside(FleetNode node, Membership membership, String clusterId) {
        return switch (membership) {
            case MANAGER ->
                Members.isLeftBehind(fleet, node) || Members.isListedAsWorker(fleet, node, clusterId)
                        ? new SwarmGoal.Outside()
                        : new SwarmGoal.Member(membership, clusterId, List.of());
            case WORKER ->
                Members.manages(node)
                        ? leaving(node, clusterId)
                        : new SwarmGoal.Member(membership, clusterId, List.of());
        };
    }

    private SwarmGoal beforeFounding(FleetNode node) {
        if (!node.id().equals(swarm.founder())) {
            return Holds.beforeFounding(fleet);
        }
        String lost = swarm.lost();
        if (lost != null) {
            return new SwarmGoal.Recover(swarm.founderEpoch(), lost);
        }
        Policy.Swarm policy = fleet.policy().swarm();
        return new SwarmGoal.Found(swarm.founderEpoch(), policy.addressPools(), policy.subnetSize());
    }

    /** A node on its way out. A manager is made a worker first, for a quorum must not lose it unprepared. */
    private SwarmGoal leaving(FleetNode node, @Nullable String clusterId) {
        if (clusterId == null
                || !Members.isIn(node, clusterId)
                || !Members.manages(node)
                || Members.isLeftBehind(fleet, node)) {
            return new SwarmGoal.Outside();
        }
        boolean alone = fleet.nodes().values().stream()
                .filter(other -> !other.id().equals(node.id()))
                .noneMatch(other -> Members.isIn(other, clusterId) || isJoining(other));
        if (alone) {
            return new SwarmGoal.Outside();
        }
        return Holds.itsDemotion(fleet, clusterId, node);
    }

    private SwarmGoal join(Membership membership, String clusterId) {
        JoinTokens tokens = swarm.tokens();
        List<String> managers = Members.managerAddresses(fleet, clusterId);
        boolean reachable = fleet.enrolled().stream()
                .anyMatch(node -> Members.isIn(node, clusterId) && fleet.isConnected(node) && Members.manages(node));
        if (tokens == null || managers.isEmpty() || !reachable) {
            return Holds.aManager(fleet, clusterId);
        }
        return new SwarmGoal.Join(membership, clusterId, managers, Fingerprint.of(tokens.of(membership)));
    }

    /** Nodes whose turn it is. Who has begun keeps the turn; who failed gives it up, so that nobody waits for it. */
    private Set<String> turns(String clusterId) {
        Set<String> turns = new HashSet<>();
        for (Membership membership : Membership.values()) {
            int atOnce = switch (membership) {
                case MANAGER -> MANAGERS_AT_ONCE;
                case WORKER -> WORKERS_AT_ONCE;
            };
            fleet.enrolled().stream()
                    .filter(node -> RoleRules.membership(node).equals(Optional.of(membership)))
                    .filter(node -> !Members.isIn(node, clusterId) && Members.canJoin(fleet, node))
                    .filter(node -> !Adoption.needsWord(fleet, node))
                    .sorted(Comparator.comparing(SwarmPlanner::hasFailed)
                            .thenComparing(node -> !isJoining(node))
                            .thenComparing(FleetNode::id))
                    .limit(atOnce)
                    .forEach(node -> turns.add(node.id()));
        }
        return turns;
    }

    private static boolean isJoining(FleetNode node) {
        NodeGoal goal = node.goal();
        return goal != null && goal.swarm() instanceof SwarmGoal.Join;
    }

    private static boolean hasFailed(FleetNode node) {
        Report report = node.report();
        return report != null && report.state() == NodeState.FAILED;
    }

    private void assignChores(String clusterId) {
        Optional<FleetNode> manager = Members.workingManagers(fleet, clusterId)
                .filter(node -> RoleRules.isManager(node)
                        && Epochs.mayTell(fleet, node)
                        && goals.get(node.id()) instanceof SwarmGoal.Member)
                .findFirst();
        if (manager.isEmpty()) {
            return;
        }
        List<Chore> chores = new ArrayList<>();
        for (FleetNode node : fleet.nodes().values()) {
            boolean toDemote = goals.get(node.id()) instanceof SwarmGoal.Hold
                    && Members.isIn(node, clusterId)
                    && Members.manages(node)
                    && !RoleRules.managesWithoutRole(fleet, node);
            if (toDemote) {
                Members.swarmFacts(node).forEach(facts -> chores.add(new Chore.Demote(facts.nodeId())));
            }
        }
        swarm.farewells().forEach(id -> chores.add(new Chore.Forget(id)));
        goals.put(manager.get().id(), new SwarmGoal.Member(Membership.MANAGER, clusterId, chores));
    }
}
