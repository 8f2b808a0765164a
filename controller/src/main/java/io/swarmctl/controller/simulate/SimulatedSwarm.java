package io.swarmctl.controller.simulate;

import io.swarmctl.agent.machine.MachineException;
import io.swarmctl.common.wire.JoinTokens;
import io.swarmctl.common.wire.Membership;
import io.swarmctl.common.wire.SwarmFacts;
import io.swarmctl.controller.simulate.KeptSwarms.KeptFounding;
import io.swarmctl.controller.simulate.SimulatedCluster.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The swarms that simulated machines found and join, as Docker's engines would show them: most managers have to be up for
 * anything to change. Machines are worked on by different threads, so the methods exclude each other.
 */
public final class SimulatedSwarm {
    private final String name;
    private final Map<String, SimulatedCluster> clusters = new LinkedHashMap<>();
    private final List<Founding> foundings = new ArrayList<>();
    private final List<String> breaches = new ArrayList<>();
    private int joined;

    public SimulatedSwarm() {
        this("");
    }

    /** @param name in the ids of all swarms, so that they are not those of another simulation */
    SimulatedSwarm(String name) {
        this.name = name;
    }

    /** Those that were written down; nobody in them is up. */
    SimulatedSwarm(KeptSwarms kept) {
        this(kept.name());
        joined = kept.joined();
        kept.foundings().forEach(one -> foundings.add(new Founding(one.fleetId(), one.founderEpoch(), one.hostname())));
        kept.clusters().forEach(one -> clusters.put(one.id(), new SimulatedCluster(one)));
    }

    /** A machine's place in a swarm. */
    public record Place(String clusterId, String nodeId) {}

    /** One {@code swarm init}. */
    public record Founding(String fleetId, long founderEpoch, String hostname) {}

    /** How many swarms were ever founded. */
    public synchronized int founded() {
        return foundings.size();
    }

    /** Every {@code swarm init} there ever was. */
    public synchronized List<Founding> foundings() {
        return List.copyOf(foundings);
    }

    /** What somebody asked for that would have cost a swarm its quorum, in words; a careful fleet has none. */
    public synchronized List<String> breaches() {
        return List.copyOf(breaches);
    }

    /** Hostnames of the entries in that swarm's list, as a manager would print it: those that have left too. */
    public synchronized List<String> entries(String clusterId) {
        SimulatedCluster cluster = clusters.get(clusterId);
        return cluster == null
                ? List.of()
                : cluster.members().values().stream().map(Member::hostname).toList();
    }

    synchronized KeptSwarms kept() {
        return new KeptSwarms(
                name,
                joined,
                foundings.stream()
                        .map(one -> new KeptFounding(one.fleetId(), one.founderEpoch(), one.hostname()))
                        .toList(),
                clusters.values().stream().map(SimulatedCluster::kept).toList());
    }

    /** Whether there is such a place, so that a machine can be in it. */
    synchronized boolean knows(Place place) {
        SimulatedCluster cluster = clusters.get(place.clusterId());
        return cluster != null && cluster.member(place.nodeId()).isPresent();
    }

    synchronized Place found(String fleetId, long founderEpoch, String hostname, String address) {
        foundings.add(new Founding(fleetId, founderEpoch, hostname));
        String id = "cluster" + name + foundings.size();
        clusters.put(id, new SimulatedCluster(id, fleetId, founderEpoch));
        return enter(id, Member.arrived(hostname, Membership.MANAGER, address));
    }

    /** @throws MachineException when no swarm has that token, or its managers cannot agree to take anybody in */
    synchronized Place join(String token, String hostname, String address) throws MachineException {
        for (Map.Entry<String, SimulatedCluster> entry : clusters.entrySet()) {
            for (Membership membership : Membership.values()) {
                if (entry.getValue().tokens().of(membership).equals(token)) {
                    requireQuorum(entry.getValue());
                    return enter(entry.getKey(), Member.arrived(hostname, membership, address));
                }
            }
        }
        throw new MachineException("invalid join token", "nothing", true, null);
    }

    /** The manager at that place goes on alone, and with it those that are still there. */
    synchronized void recover(Place place, long founderEpoch) {
        cluster(place).recover(founderEpoch);
    }

    /** The machine at that place is no more, whoever needed it. */
    synchronized void destroy(Place place) {
        cluster(place).change(place.nodeId(), Member::gone);
    }

    synchronized void leave(Place place) {
        SimulatedCluster cluster = cluster(place);
        boolean hadQuorum = cluster.hasQuorum();
        cluster.change(place.nodeId(), Member::gone);
        if (hadQuorum && !cluster.hasQuorum() && cluster.isInhabited()) {
            breaches.add("a manager left " + cluster.id() + ", which has no quorum without it: " + cluster);
        }
    }

    /** @throws MachineException when the managers cannot agree, or could not any more after it */
    synchronized void demote(Place manager, String nodeId) throws MachineException {
        SimulatedCluster cluster = cluster(manager);
        requireQuorum(cluster);
        Optional<Member> before = cluster.member(nodeId);
        cluster.change(nodeId, member -> member.as(Membership.WORKER));
        if (!cluster.hasQuorum()) {
            breaches.add(
                    nodeId + " was to be demoted in " + cluster.id() + ", which has no quorum without it: " + cluster);
            before.ifPresent(member -> cluster.change(nodeId, demoted -> member));
            throw refusal("can't remove member from the raft: this would result in a loss of quorum");
        }
    }

    /** @throws MachineException when the managers cannot agree, or it is one of them */
    synchronized void forget(Place manager, String nodeId) throws MachineException {
        SimulatedCluster cluster = cluster(manager);
        requireQuorum(cluster);
        if (cluster.member(nodeId).stream().anyMatch(Member::manages)) {
            throw refusal("node " + nodeId + " is a cluster manager; it must be demoted before removal");
        }
        cluster.members().remove(nodeId);
    }

    /** A machine is switched off or on, or its cable is pulled or put back. */
    synchronized void reachable(Place place, boolean reachable) {
        cluster(place).change(place.nodeId(), member -> member.up(reachable));
    }

    synchronized Optional<JoinTokens> tokens(Place place) {
        SimulatedCluster cluster = cluster(place);
        boolean tells = cluster.member(place.nodeId()).stream().anyMatch(Member::manages) && cluster.hasQuorum();
        return tells ? Optional.of(cluster.tokens()) : Optional.empty();
    }

    /** What the engine of the machine at that place tells. */
    synchronized SwarmFacts facts(Place place) {
        return cluster(place).facts(place.nodeId());
    }

    private Place enter(String clusterId, Member member) {
        joined++;
        Place place = new Place(clusterId, "node" + joined);
        cluster(place).members().put(place.nodeId(), member);
        return place;
    }

    private SimulatedCluster cluster(Place place) {
        return Objects.requireNonNull(clusters.get(place.clusterId()), "places are in clusters that were founded");
    }

    private static void requireQuorum(SimulatedCluster cluster) throws MachineException {
        if (!cluster.hasQuorum()) {
            throw refusal(SimulatedCluster.NO_LEADER);
        }
    }

    private static MachineException refusal(String problem) {
        return new MachineException(problem, "see whether most managers are up", true, null);
    }
}
