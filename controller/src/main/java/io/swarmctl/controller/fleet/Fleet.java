package io.swarmctl.controller.fleet;

import io.swarmctl.common.wire.Asks;
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
import org.jspecify.annotations.Nullable;

/**
 * The whole fleet at one moment. Every change makes a new one.
 *
 * @param id stands in the CA's name and as a label in the fleet's swarms
 * @param epoch of the specs; raised by restore and fail-over
 * @param nodes by node id
 * @param keys by key id
 * @param refusals keys that a person has refused
 * @param live what is not stored
 */
public record Fleet(
        String id,
        long epoch,
        Policy policy,
        Map<String, FleetNode> nodes,
        Map<String, EnrolmentKey> keys,
        Refusals refusals,
        SwarmRecord swarm,
        Live live) {
    public Fleet {
        // Known to be sorted, it is copied node by node, and nothing is compared.
        nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
        keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
    }

    public static Fleet empty(String id) {
        return new Fleet(id, 1, Policy.initial(), Map.of(), Map.of(), Refusals.none(), SwarmRecord.none(), Live.none());
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
        return live.connected().contains(node.id());
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
        return new Fleet(id, epoch, policy, nodes, changed, refusals, swarm, live);
    }

    public Fleet with(Policy other) {
        return new Fleet(id, epoch, other, nodes, keys, refusals, swarm, live);
    }

    public Fleet with(SwarmRecord other) {
        return new Fleet(id, epoch, policy, nodes, keys, refusals, other, live);
    }

    public Fleet with(Refusals other) {
        return new Fleet(id, epoch, policy, nodes, keys, other, swarm, live);
    }

    public Set<String> connected() {
        return live.connected();
    }

    Map<String, Instant> apart() {
        return live.apart();
    }

    Map<String, Instant> missing() {
        return live.missing();
    }

    Set<String> unheard() {
        return live.unheard();
    }

    public Map<String, Question> diagnoses() {
        return live.diagnoses();
    }

    public Map<String, Question> benchmarks() {
        return live.benchmarks();
    }

    public Gatherings gatherings() {
        return live.gatherings();
    }

    /** What the node's spec is to ask; null when it is nothing. */
    @Nullable
    Asks asks(String nodeId) {
        Question diagnosis = live.diagnoses().get(nodeId);
        Question benchmark = live.benchmarks().get(nodeId);
        return diagnosis == null && benchmark == null
                ? null
                : new Asks(
                        diagnosis == null ? null : diagnosis.number(), benchmark == null ? null : benchmark.number());
    }

    public Fleet withConnected(Set<String> nodeIds) {
        return with(live.withConnected(nodeIds));
    }

    public Fleet withGatherings(Gatherings other) {
        return with(live.withGatherings(other));
    }

    Fleet withEpoch(long other) {
        return new Fleet(id, other, policy, nodes, keys, refusals, swarm, live);
    }

    /** As a controller that has just started has it: what its nodes have been told in the meantime nobody knows. */
    public Fleet remembered() {
        Set<String> told = nodes.values().stream()
                .filter(node -> node.spec() != null)
                .map(FleetNode::id)
                .collect(Collectors.toSet());
        return with(live.withUnheard(told));
    }

    Fleet heard(String nodeId) {
        if (!live.unheard().contains(nodeId)) {
            return this;
        }
        Set<String> others = new HashSet<>(live.unheard());
        others.remove(nodeId);
        return with(live.withUnheard(others));
    }

    Fleet withMissing(Map<String, Instant> since) {
        return with(live.withMissing(since));
    }

    Fleet withDiagnosis(String nodeId, Question question) {
        Map<String, Question> asked = new HashMap<>(live.diagnoses());
        asked.put(nodeId, question);
        return with(live.withDiagnoses(asked));
    }

    Fleet withBenchmark(String nodeId, Question question) {
        Map<String, Question> asked = new HashMap<>(live.benchmarks());
        asked.put(nodeId, question);
        return with(live.withBenchmarks(asked));
    }

    Fleet withApart(Map<String, Instant> since) {
        return with(live.withApart(since));
    }

    private Fleet with(Live other) {
        return new Fleet(id, epoch, policy, nodes, keys, refusals, swarm, other);
    }

    private Fleet withNodes(Map<String, FleetNode> changed) {
        return new Fleet(id, epoch, policy, changed, keys, refusals, swarm, live);
    }
}
