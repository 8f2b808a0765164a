package io.swarmctl.controller.fleet;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The whole fleet at one moment. Every change makes a new one.
 *
 * @param id stands in the CA's name and as a label in the fleet's swarms
 * @param epoch of the specs; raised by restore and fail-over
 * @param nodes by node id
 * @param keys by key id
 * @param refusals keys that a person has refused
 * @param connected ids of the nodes that have a connection to the gateway now; not stored
 * @param missing since when which member stands in no manager's list of the swarm; not stored
 * @param unheard ids of nodes that were told something before the controller started and have not spoken since; not
 *     stored
 * @param diagnoses the number of the latest diagnosis that each node was asked for; not stored
 */
public record Fleet(
        String id,
        long epoch,
        Policy policy,
        Map<String, FleetNode> nodes,
        Map<String, EnrolmentKey> keys,
        Refusals refusals,
        SwarmRecord swarm,
        Set<String> connected,
        Map<String, Instant> missing,
        Set<String> unheard,
        Map<String, Long> diagnoses) {
    public Fleet {
        nodes = Collections.unmodifiableMap(new TreeMap<>(nodes));
        keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
        connected = Set.copyOf(connected);
        missing = Map.copyOf(missing);
        unheard = Set.copyOf(unheard);
        diagnoses = Map.copyOf(diagnoses);
    }

    public static Fleet empty(String id) {
        return new Fleet(
                id,
                1,
                Policy.initial(),
                Map.of(),
                Map.of(),
                Refusals.none(),
                SwarmRecord.none(),
                Set.of(),
                Map.of(),
                Set.of(),
                Map.of());
    }

    public Optional<FleetNode> node(String nodeId) {
        return Optional.ofNullable(nodes.get(nodeId));
    }

    public Optional<FleetNode> named(String name) {
        return nodes.values().stream().filter(node -> node.name().equals(name)).findFirst();
    }

    public List<FleetNode> enrolled() {
        return nodes.values().stream()
                .filter(node -> node.status() == FleetNode.Status.ENROLLED)
                .toList();
    }

    public boolean isConnected(FleetNode node) {
        return connected.contains(node.id());
    }

    public Fleet with(FleetNode node) {
        Map<String, FleetNode> changed = new TreeMap<>(nodes);
        changed.put(node.id(), node);
        return withNodes(changed);
    }

    public Fleet without(FleetNode node) {
        Map<String, FleetNode> changed = new TreeMap<>(nodes);
        changed.remove(node.id());
        return heard(node.id()).withNodes(changed);
    }

    /** Changes every node that is given. */
    public Fleet with(Stream<FleetNode> given, UnaryOperator<FleetNode> change) {
        Map<String, FleetNode> changed = new TreeMap<>(nodes);
        given.map(change).forEach(node -> changed.put(node.id(), node));
        return withNodes(changed);
    }

    public Fleet with(EnrolmentKey key) {
        Map<String, EnrolmentKey> changed = new LinkedHashMap<>(keys);
        changed.put(key.id(), key);
        return new Fleet(id, epoch, policy, nodes, changed, refusals, swarm, connected, missing, unheard, diagnoses);
    }

    public Fleet with(Policy other) {
        return new Fleet(id, epoch, other, nodes, keys, refusals, swarm, connected, missing, unheard, diagnoses);
    }

    public Fleet with(SwarmRecord other) {
        return new Fleet(id, epoch, policy, nodes, keys, refusals, other, connected, missing, unheard, diagnoses);
    }

    public Fleet with(Refusals other) {
        return new Fleet(id, epoch, policy, nodes, keys, other, swarm, connected, missing, unheard, diagnoses);
    }

    public Fleet withConnected(Set<String> nodeIds) {
        return new Fleet(id, epoch, policy, nodes, keys, refusals, swarm, nodeIds, missing, unheard, diagnoses);
    }

    Fleet withEpoch(long other) {
        return new Fleet(id, other, policy, nodes, keys, refusals, swarm, connected, missing, unheard, diagnoses);
    }

    /** As a controller that has just started has it: what its nodes have been told in the meantime nobody knows. */
    public Fleet remembered() {
        Set<String> told = nodes.values().stream()
                .filter(node -> node.spec() != null)
                .map(FleetNode::id)
                .collect(Collectors.toSet());
        return new Fleet(id, epoch, policy, nodes, keys, refusals, swarm, connected, missing, told, diagnoses);
    }

    Fleet heard(String nodeId) {
        if (!unheard.contains(nodeId)) {
            return this;
        }
        Set<String> others = new HashSet<>(unheard);
        others.remove(nodeId);
        return new Fleet(id, epoch, policy, nodes, keys, refusals, swarm, connected, missing, others, diagnoses);
    }

    Fleet withMissing(Map<String, Instant> since) {
        return new Fleet(id, epoch, policy, nodes, keys, refusals, swarm, connected, since, unheard, diagnoses);
    }

    Fleet withDiagnosis(String nodeId, long number) {
        Map<String, Long> asked = new HashMap<>(diagnoses);
        asked.put(nodeId, number);
        return new Fleet(id, epoch, policy, nodes, keys, refusals, swarm, connected, missing, unheard, asked);
    }

    private Fleet withNodes(Map<String, FleetNode> changed) {
        return new Fleet(id, epoch, policy, changed, keys, refusals, swarm, connected, missing, unheard, diagnoses);
    }
}
