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
 * The swarms that simulated machines found and join, as Docker's engines would show them: without most of its managers a
 * swarm lets nobody in and changes nothing; with a manager that goes on alone those that are still there are managers
 * again by themselves. Machines are worked on by different threads, so the methods exclude each other.
 */
public final class SimulatedSwarm {
    private static final int SWARM_PORT = 2377;
    private static final String NO_LEADER = "The swarm does not have a leader.";

    private final Map<String, Cluster> clusters = new LinkedHashMap<>();
    private int founded;
    private int joined;

    /** One swarm with what its founder said of it. */
    private record Cluster(String fleetId, long founderEpoch, JoinTokens tokens, Map<String, Member> members) {
        List<Member> managers() {
            return members.values().stream()
                    .filter(member -> member.membership() == Membership.MANAGER)
                    .toList();
        }

        boolean hasQuorum() {
            List<Member> managers = managers();
            long there = managers.stream().filter(member -> !member.left()).count();
            return 2 * there > managers.size();
        }
    }

    /** @param left the machine has left or is destroyed, and its entry is still in the list */
    private record Member(String hostname, Membership membership, String address, boolean left) {
        Member as(Membership other) {
            return new Member(hostname, other, address, left);
        }

        Member gone() {
            return new Member(hostname, membership, address, true);
        }
    }

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

    /** Empty when no swarm that has its managers has that token. */
    synchronized Optional<Place> join(String token, String hostname, String address) {
        for (Map.Entry<String, Cluster> entry : clusters.entrySet()) {
            for (Membership membership : Membership.values()) {
                Cluster cluster = entry.getValue();
                if (cluster.tokens().of(membership).equals(token) && cluster.hasQuorum()) {
                    return Optional.of(enter(entry.getKey(), new Member(hostname, membership, address, false)));
                }
            }
        }
        return Optional.empty();
    }

    /** The manager at that place goes on alone. */
    synchronized void recover(Place place, long founderEpoch) {
        Cluster cluster = cluster(place);
        cluster.members().replaceAll((id, member) -> member.left() ? member.as(Membership.WORKER) : member);
        clusters.put(
                place.clusterId(), new Cluster(cluster.fleetId(), founderEpoch, cluster.tokens(), cluster.members()));
    }

    synchronized void leave(Place place) {
        change(place, Member::gone);
    }

    synchronized void demote(Place manager, String nodeId) {
        if (cluster(manager).hasQuorum()) {
            change(new Place(manager.clusterId(), nodeId), member -> member.as(Membership.WORKER));
        }
    }

    synchronized void forget(Place manager, String nodeId) {
        if (cluster(manager).hasQuorum()) {
            cluster(manager).members().remove(nodeId);
        }
    }

    synchronized Optional<JoinTokens> tokens(Place place) {
        return isManager(place) && cluster(place).hasQuorum()
                ? Optional.of(cluster(place).tokens())
                : Optional.empty();
    }

    /** What the engine of the machine at that place tells. */
    synchronized SwarmFacts facts(Place place) {
        Cluster cluster = cluster(place);
        Member self = cluster.members().get(place.nodeId());
        if (self == null) {
            return SwarmFacts.inactive();
        }
        boolean manager = self.membership() == Membership.MANAGER;
        boolean knows = manager && cluster.hasQuorum();
        return new SwarmFacts(
                SwarmState.ACTIVE,
                manager,
                place.nodeId(),
                place.clusterId(),
                knows ? cluster.fleetId() : "",
                knows ? cluster.founderEpoch() : 0,
                self.address(),
                managers(cluster),
                knows ? nodes(cluster) : List.of(),
                manager && !knows ? NO_LEADER : "");
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
        return cluster.managers().stream()
                .filter(member -> !member.left())
                .map(member -> member.address() + ":" + SWARM_PORT)
                .toList();
    }

    private static List<SwarmNode> nodes(Cluster cluster) {
        List<SwarmNode> nodes = new ArrayList<>();
        boolean leader = true;
        for (Map.Entry<String, Member> entry : cluster.members().entrySet()) {
            Member member = entry.getValue();
            boolean reachable = member.membership() == Membership.MANAGER && !member.left();
            nodes.add(new SwarmNode(
                    entry.getKey(),
                    member.hostname(),
                    member.membership(),
                    !member.left(),
                    true,
                    reachable,
                    reachable && leader));
            leader = leader && !reachable;
        }
        return nodes;
    }
}
