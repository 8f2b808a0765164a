package io.swarmctl.controller.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Workers that their swarm has put out and whose engines have not noticed, as after {@code docker node rm --force} by
 * hand: they go on saying that they are members, and only the managers' lists tell.
 */
final class PutOut {
    /** A manager's list is told now and then: one from before a node joined is no proof. */
    private static final Duration GRACE = Duration.ofMinutes(2);

    private PutOut() {}

    /** The fleet with who is missing, and since when. */
    static Fleet look(Fleet fleet, Instant now) {
        Map<String, Instant> missing = new TreeMap<>();
        List<FleetNode> witnesses = witnesses(fleet);
        for (FleetNode node : fleet.enrolled()) {
            if (!witnesses.isEmpty() && isMissing(fleet, node, witnesses)) {
                missing.put(node.id(), fleet.missing().getOrDefault(node.id(), now));
            }
        }
        return missing.equals(fleet.missing()) ? fleet : fleet.withMissing(missing);
    }

    /** Ids of those who have to leave what they think they are in, before they can join again. */
    static Set<String> of(Fleet fleet) {
        Optional<Instant> latest = witnesses(fleet).stream()
                .flatMap(witness -> Optional.ofNullable(witness.seenAt()).stream())
                .max(Instant::compareTo);
        return latest.isEmpty()
                ? Set.of()
                : fleet.missing().entrySet().stream()
                        .filter(entry -> !latest.get().isBefore(entry.getValue().plus(GRACE)))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet());
    }

    private static boolean isMissing(Fleet fleet, FleetNode node, List<FleetNode> witnesses) {
        String clusterId = fleet.swarm().clusterId();
        if (clusterId == null
                || !fleet.isConnected(node)
                || !Members.isIn(node, clusterId)
                || Members.manages(node)
                || RoleRules.isManager(node)) {
            return false;
        }
        return Members.swarmFacts(node).stream()
                .noneMatch(facts -> facts.nodeId().isEmpty()
                        || witnesses.stream().anyMatch(witness -> Members.lists(witness, facts.nodeId())));
    }

    /** Managers that tell who is in the swarm. */
    private static List<FleetNode> witnesses(Fleet fleet) {
        String clusterId = fleet.swarm().clusterId();
        return clusterId == null
                ? List.of()
                : Members.workingManagers(fleet, clusterId)
                        .filter(RoleRules::isManager)
                        .filter(node -> Members.swarmFacts(node).stream()
                                .anyMatch(facts -> !facts.nodes().isEmpty()))
                        .toList();
    }
}
