package io.swarmctl.controller.simulate;

import io.swarmctl.common.wire.JoinTokens;
import io.swarmctl.common.wire.Membership;
import io.swarmctl.common.wire.SwarmFacts;
import io.swarmctl.common.wire.SwarmNode;
import io.swarmctl.common.wire.SwarmState;
import io.swarmctl.controller.simulate.KeptSwarms.KeptCluster;
import io.swarmctl.controller.simulate.KeptSwarms.KeptMember;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One swarm, with what its founder said of it. Guarded by the {@link SimulatedSwarm} that has it. */
final class SimulatedCluster {
    static final String NO_LEADER = "The swarm does not have a leader";

    private static final int SWARM_PORT = 2377;

    private final String id;
    private final String fleetId;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private long founderEpoch;

    /** @param left the machine has left, and its entry is still in the list */
    record Member(String hostname, Membership membership, String address, boolean left, boolean up) {
        static Member arrived(String hostname, Membership membership, String address) {
            return new Member(hostname, membership, address, false, true);
        }

        Member gone() {
            return new Member(hostname, membership, address, true, up);
        }

        Member as(Membership other) {
            return new Member(hostname, other, address, left, up);
        }

        Member up(boolean reachable) {
            return new Member(hostname, membership, address, left, reachable);
        }

        boolean manages() {
            return membership == Membership.MANAGER;
        }

        boolean answers() {
            return up && !left;
        }
    }

    SimulatedCluster(String id, String fleetId, long founderEpoch) {
        this.id = id;
        this.fleetId = fleetId;
        this.founderEpoch = founderEpoch;
    }

    /** Nobody in it is up. */
    SimulatedCluster(KeptCluster kept) {
        this(kept.id(), kept.fleetId(), kept.founderEpoch());
        kept.members()
                .forEach(member -> members.put(
                        member.nodeId(),
                        new Member(member.hostname(), member.membership(), member.address(), member.left(), false)));
    }

    KeptCluster kept() {
        List<KeptMember> kept = new ArrayList<>();
        members.forEach((nodeId, member) -> kept.add(
                new KeptMember(nodeId, member.hostname(), member.membership(), member.address(), member.left())));
        return new KeptCluster(id, fleetId, founderEpoch, kept);
    }

    String id() {
        return id;
    }

    JoinTokens tokens() {
        return new JoinTokens(id, "SWMTKN-manager-" + id, "SWMTKN-worker-" + id);
    }

    /** By Docker's ids of nodes. */
    Map<String, Member> members() {
        return members;
    }

    Optional<Member> member(String nodeId) {
        return Optional.ofNullable(members.get(nodeId));
    }

    void change(String nodeId, UnaryOperator<Member> change) {
        members.computeIfPresent(nodeId, (same, member) -> change.apply(member));
    }

    /** Who is gone is asked no more. */
    void recover(long epoch) {
        founderEpoch = epoch;
        members.replaceAll((same, member) -> member.answers() ? member : member.as(Membership.WORKER));
    }

    /** Whether more than half of the managers can talk to each other. */
    boolean hasQuorum() {
        long managers = members.values().stream().filter(Member::manages).count();
        long answering = members.values().stream()
                .filter(member -> member.manages() && member.answers())
                .count();
        return 2 * answering > managers;
    }

    /** Whether anybody is in it who has not left. */
    boolean isInhabited() {
        return members.values().stream().anyMatch(member -> !member.left());
    }

    SwarmFacts facts(String nodeId) {
        Member self = members.get(nodeId);
        if (self == null) {
            return SwarmFacts.inactive();
        }
        boolean tells = self.manages() && hasQuorum();
        return new SwarmFacts(
                SwarmState.ACTIVE,
                self.manages(),
                nodeId,
                id,
                tells ? fleetId : "",
                tells ? founderEpoch : 0,
                self.address(),
                managers(),
                tells ? nodes() : List.of(),
                self.manages() && !tells ? NO_LEADER : "");
    }

    private List<String> managers() {
        return members.values().stream()
                .filter(member -> member.manages() && !member.left())
                .map(member -> member.address() + ":" + SWARM_PORT)
                .toList();
    }

    private List<SwarmNode> nodes() {
        List<SwarmNode> nodes = new ArrayList<>();
        boolean leads = true;
        for (Map.Entry<String, Member> entry : members.entrySet()) {
            Member member = entry.getValue();
            boolean reachable = member.manages() && member.answers();
            nodes.add(new SwarmNode(
                    entry.getKey(),
                    member.hostname(),
                    member.membership(),
                    member.answers(),
                    true,
                    reachable,
                    reachable && leads));
            leads = leads && !reachable;
        }
        return nodes;
    }

    @Override
    public String toString() {
        return members.toString();
    }
}
