package io.swarmctl.controller.api;

import static io.swarmctl.controller.api.NodeViews.age;

import io.swarmctl.common.wire.Membership;
import io.swarmctl.common.wire.Report;
import io.swarmctl.common.wire.SwarmFacts;
import io.swarmctl.common.wire.SwarmNode;
import io.swarmctl.controller.api.view.RecoveryView;
import io.swarmctl.controller.api.view.SwarmDetailView;
import io.swarmctl.controller.api.view.SwarmDetailView.ManagerView;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.Nodes;
import io.swarmctl.controller.fleet.SwarmCommands.Recovery;
import io.swarmctl.controller.fleet.SwarmRecord;
import io.swarmctl.controller.fleet.SwarmStanding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What people are shown of the swarm. */
final class SwarmViews {
    private SwarmViews() {}

    static SwarmDetailView detail(Fleet fleet, Instant now) {
        SwarmRecord swarm = fleet.swarm();
        String clusterId = swarm.clusterId();
        String founder = swarm.founder();
        Optional<FleetNode> witness = SwarmStanding.witness(fleet);
        List<SwarmNode> members = witness.map(FleetNode::report)
                .map(report -> report.facts().swarm().nodes())
                .orElse(List.of());
        Instant seenAt = witness.map(FleetNode::seenAt).orElse(null);
        SwarmStanding standing = SwarmStanding.of(fleet);
        return new SwarmDetailView(
                now,
                standing.state().word(),
                clusterId == null ? "" : clusterId,
                founder == null ? "" : fleet.node(founder).map(FleetNode::name).orElse(founder),
                swarm.founderEpoch(),
                standing.managers(),
                standing.reachable(),
                managers(fleet, members, now),
                count(members, false),
                count(members, true),
                standing.waitingFor(),
                seenAt,
                seenAt == null ? null : age(seenAt, now));
    }

    private static int count(List<SwarmNode> members, boolean onlyReady) {
        return Math.toIntExact(members.stream()
                .filter(node -> node.membership() == Membership.WORKER && (node.ready() || !onlyReady))
                .count());
    }

    private static List<ManagerView> managers(Fleet fleet, List<SwarmNode> members, Instant now) {
        return fleet.nodes().values().stream()
                .filter(node -> SwarmStanding.managesOrIsTo(fleet, node))
                .sorted(Comparator.comparing(FleetNode::name))
                .map(node -> manager(fleet, node, members, now))
                .toList();
    }

    private static ManagerView manager(Fleet fleet, FleetNode node, List<SwarmNode> members, Instant now) {
        Optional<SwarmFacts> facts =
                Optional.ofNullable(node.report()).map(Report::facts).map(known -> known.swarm());
        String id = Nodes.swarmNodeId(fleet, node).orElse("");
        Instant seenAt = node.seenAt();
        return new ManagerView(
                node.name(),
                facts.map(SwarmFacts::address).orElse(""),
                fleet.isConnected(node),
                facts.map(SwarmFacts::manager).orElse(false),
                members.stream()
                        .anyMatch(member -> member.leader() && member.id().equals(id)),
                facts.map(SwarmFacts::error).orElse(""),
                seenAt,
                seenAt == null ? null : age(seenAt, now));
    }

    static RecoveryView recovery(Recovery recovery, Instant now) {
        return new RecoveryView(
                now,
                recovery.clusterId(),
                recovery.founderEpoch(),
                recovery.chosen().name(),
                recovery.keeps(),
                recovery.connected(),
                recovery.silent(),
                lost(recovery));
    }

    private static List<String> lost(Recovery recovery) {
        List<String> lost = new ArrayList<>();
        if (recovery.keeps()) {
            lost.add("what the managers agreed upon and " + recovery.chosen().name() + " has not heard of");
        } else {
            lost.add("all services, networks, secrets and configs of the swarm, and its tokens");
            lost.add("every node's containers that the swarm has started: all nodes leave it and join the new one");
        }
        return lost;
    }
}
