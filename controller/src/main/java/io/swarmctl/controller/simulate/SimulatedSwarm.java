package io.swarmctl.controller.simulate;

import io.swarmctl.common.wire.JoinTokens;
import io.swarmctl.common.wire.Membership;
import io.swarmctl.common.wire.SwarmFacts;
import io.swarmctl.common.wire.SwarmNode;
import io.swarmctl.common.wire.SwarmState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The swarms that simulated machines found and join, as Docker's engines would show them. Machines are worked on by
 * different threads, so the methods exclude each other.
 */
public final class SimulatedSwarm {
    private static final int SWARM_PORT = 2377;

    private final Map<String, Cluster> clusters = new LinkedHashMap<>();
    private int founded;
    private int joined;

    /** One swarm with what its founder said of it. */
    private record Cluster(String fleetId, long founderEpoch, JoinTokens tokens, Map<String, Member> members) {}

    /** @param left the machine has left, and its entry is still in the list */
    private record Member(String hostname, Membership membership, String address, boolean left) {}

    /** A machine's place in a swarm. */
    public record Place(String clusterId, String nodeId) {}

    /** How many swarms were ever founded. */
    public synchronized int founded() {
        return founded;
    }

    synchronized Place found(String fleetId, long founderEpoch, String hostname, String address) {
        founded++;
        String id = "cluster" + founded;
        JoinTokens tokens = new JoinTokens(id, "SWMTKN-manager-" + id, "SWMTKN-worker-" + id);
        clusters.put(id, new Cluster(fleetId, founderEpoch, tokens, new LinkedHashMap<>()));
        return enter(id, new Member(hostname, Membership.MANAGER, address, false));
    }

    /** Empty when no swarm has that token. */
    synchronized Optional<Place> join(String token, String hostname, String address) {
        for (Map.Entry<String, Cluster> entry : clusters.entrySet()) {
            for (Membership membership : Membership.values()) {
                if (entry.getValue().tokens().of(membership).equals(token)) {
                    return Optional.of(enter(entry.getKey(), new Member(hostname, membership, address, false)));
                }
            }
        }
        return Optional.empty();
    }

    synchronized void leave(Place place) {
        change(place, member -> new Member(member.hostname(), member.membership(), member.address(), true));
    }

    synchronized void demote(Place manager, String nodeId) {
        change(
                new Place(manager.clusterId(), nodeId),
                member -> new Member(member.hostname(), Membership.WORKER, member.address(), member.left()));
    }

    synchronized void forget(Place manager, String nodeId) {
        cluster(manager).members().remove(nodeId);
    }

    synchronized Optional<JoinTokens> tokens(Place place) {
        return isManager(place) ? Optional.of(cluster(place).tokens()) : Optional.empty();
    }

    /** What the engine of the machine at that place tells. */
    synchronized SwarmFacts facts(Place place) {
        Cluster cluster = cluster(place);
        Member self = cluster.members().get(place.nodeId());
        if (self == null) {
            return SwarmFacts.inactive();
        }
        boolean manager = self.membership() == Membership.MANAGER;
        return new SwarmFacts(
                SwarmState.ACTIVE,
                manager,
                place.nodeId(),
                place.clusterId(),
                manager ? cluster.fleetId() : "",
                manager ? cluster.founderEpoch() : 0,
                self.address(),
                managers(cluster),
                manager ? nodes(cluster) : List.of(),
                "");
    }

    private Place enter(String clusterId, Member member) {
        joined++;
        String nodeId = "node" + joined;
        Place place = new Place(clusterId, nodeId);
        cluster(place).members().put(nodeId, member);
        return place;
    }

    private boolean isManager(Place place) {
        Member self = cluster(place).members().get(place.nodeId());
        return self != null && self.membership() == Membership.MANAGER;
    }

    private Cluster cluster(Place place) {
        return Objects.requireNonNull(clusters.get(place.clusterId()), "places are in clusters that were founded");
    }

    private void change(Place place, UnaryOperator<Member> change) {
        cluster(place).members().computeIfPresent(place.nodeId(), (id, member) -> change.apply(member));
    }

    private static List<String> managers(Cluster cluster) {
        return cluster.members().values().stream()
                .filter(member -> member.membership() == Membership.MANAGER && !member.left())
                .map(member -> member.address() + ":" + SWARM_PORT)
                .toList();
    }

    private static List<SwarmNode> nodes(Cluster cluster) {
        List<SwarmNode> nodes = new ArrayList<>();
        boolean leader = true;
        for (Map.Entry<String, Member> entry : cluster.members().entrySet()) {
            Member member = entry.getValue();
            boolean manager = member.membership() == Membership.MANAGER;
            nodes.add(new SwarmNode(
                    entry.getKey(),
                    member.hostname(),
                    member.membership(),
                    !member.left(),
                    true,
                    manager && !member.left(),
                    manager && leader));
            leader = leader && !manager;
        }
        return nodes;
    }
}
