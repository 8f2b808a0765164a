package io.swarmctl.common.plan;

import io.swarmctl.common.wire.Membership;
import io.swarmctl.common.wire.SwarmFacts;
import io.swarmctl.common.wire.SwarmNode;

/**
 * Whether a swarm's managers can agree on anything: more than half of those on its list have to reach each other
 * (<a href="https://docs.docker.com/engine/swarm/raft/">Raft in swarm mode</a>).
 *
 * @param managers on the list
 * @param reachable how many of them reach each other
 */
public record Quorum(int managers, int reachable) {
    /** As the list of that node's engine says; 0 of 0 when it has none to tell. */
    public static Quorum of(SwarmFacts swarm) {
        int managers = 0;
        int reachable = 0;
        for (SwarmNode node : swarm.nodes()) {
            if (node.membership() == Membership.MANAGER) {
                managers++;
                reachable += node.reachable() ? 1 : 0;
            }
        }
        return new Quorum(managers, reachable);
    }

    /**
     * Whether the other nodes would be left without managers that agree, if that node left without being made a worker
     * before.
     */
    static boolean needs(SwarmFacts self) {
        Quorum now = of(self);
        boolean others = self.nodes().stream()
                .anyMatch(node -> node.ready() && !node.id().equals(self.nodeId()));
        return self.manager() && others && now.holds() && !new Quorum(now.managers, now.reachable - 1).holds();
    }

    public boolean holds() {
        return 2 * reachable > managers;
    }

    /** What is left when that manager is made a worker. */
    public Quorum without(SwarmNode manager) {
        return new Quorum(managers - 1, reachable - (manager.reachable() ? 1 : 0));
    }
}
