package io.swarmctl.controller.api;

import static io.swarmctl.controller.api.NodeViews.age;
import static io.swarmctl.controller.api.NodeViews.word;

import io.swarmctl.common.plan.Quorum;
import io.swarmctl.common.wire.Membership;
import io.swarmctl.common.wire.Report;
import io.swarmctl.common.wire.SwarmFacts;
import io.swarmctl.common.wire.SwarmNode;
import io.swarmctl.controller.api.view.AutoView;
import io.swarmctl.controller.api.view.EventsView;
import io.swarmctl.controller.api.view.KeysView;
import io.swarmctl.controller.api.view.LogView;
import io.swarmctl.controller.api.view.NodeView;
import io.swarmctl.controller.api.view.RolesView;
import io.swarmctl.controller.api.view.StatusView;
import io.swarmctl.controller.fleet.EnrolmentKey;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetEvent;
import io.swarmctl.controller.fleet.FleetLoop;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.LogLine;
import io.swarmctl.controller.fleet.NodeCondition;
import io.swarmctl.controller.fleet.Policy;
import io.swarmctl.controller.fleet.Role;
import io.swarmctl.controller.fleet.RoleCommands;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What people are shown of the fleet as a whole. */
public final class FleetViews {
    private FleetViews() {}

    /** @param trouble why nothing can be changed now; null when all is well */
    public static StatusView status(Fleet fleet, FleetLoop.@Nullable Trouble trouble, String version, Instant now) {
        List<NodeView> nodes = NodeViews.list(fleet, now).nodes();
        Map<String, Integer> states = new TreeMap<>();
        nodes.forEach(node -> states.merge(node.state(), 1, Integer::sum));
        List<NodeView> attention = nodes.stream()
                .filter(node -> !node.state().equals(word(NodeCondition.State.READY)) || node.waitsForApproval())
                .sorted(Comparator.comparing((NodeView node) -> node.remedy().isEmpty()))
                .toList();
        return new StatusView(
                now,
                version,
                fleet.id(),
                isReady(fleet, now),
                nodes.size(),
                (int) nodes.stream().filter(NodeView::waitsForApproval).count(),
                states,
                swarm(fleet, now),
                auto(fleet, now),
                attention,
                warnings(fleet, trouble, now));
    }

    private static List<String> warnings(Fleet fleet, FleetLoop.@Nullable Trouble trouble, Instant now) {
        List<String> warnings = new ArrayList<>();
        if (trouble != null) {
            warnings.add("for " + age(trouble.since(), now) + " s nothing could be changed: " + trouble.problem() + "; "
                    + trouble.remedy());
        }
        warnings.addAll(RoleCommands.warnings(fleet));
        return warnings;
    }

    private static boolean isReady(Fleet fleet, Instant now) {
        return fleet.swarm().clusterId() != null
                && !fleet.enrolled().isEmpty()
                && fleet.enrolled().stream()
                        .allMatch(node -> NodeCondition.of(fleet, node, now).state() == NodeCondition.State.READY);
    }

    private static @Nullable AutoView auto(Fleet fleet, Instant now) {
        Policy.Auto rule = fleet.policy().auto();
        if (rule == null) {
            return null;
        }
        Long next = RoleCommands.nextByRule(fleet)
                .map(at -> Math.max(0, -age(at, now)))
                .orElse(null);
        return new AutoView(rule.managers(), rule.settleSeconds(), next);
    }

    private static StatusView.SwarmView swarm(Fleet fleet, Instant now) {
        String clusterId = fleet.swarm().clusterId();
        String founder = fleet.swarm().founder();
        Optional<FleetNode> witness = witness(fleet);
        Instant seenAt = witness.map(FleetNode::seenAt).orElse(null);
        SwarmFacts told = witness.map(FleetNode::report)
                .map(report -> report.facts().swarm())
                .orElse(SwarmFacts.inactive());
        List<SwarmNode> members = told.nodes();
        Quorum quorum = Quorum.of(told);
        return new StatusView.SwarmView(
                founder == null ? "" : fleet.node(founder).map(FleetNode::name).orElse(founder),
                clusterId == null ? "" : clusterId,
                withMembership(fleet, Membership.MANAGER),
                withMembership(fleet, Membership.WORKER),
                quorum.managers(),
                quorum.reachable(),
                count(members, node -> node.membership() == Membership.WORKER),
                count(members, node -> node.membership() == Membership.WORKER && node.ready()),
                members.stream()
                        .filter(SwarmNode::leader)
                        .map(SwarmNode::hostname)
                        .findFirst()
                        .orElse(""),
                Math.max(0, quorum.reachable() - (quorum.managers() / 2 + 1)),
                seenAt,
                seenAt == null ? null : age(seenAt, now));
    }

    /** The manager of the fleet's swarm that was heard last. */
    private static Optional<FleetNode> witness(Fleet fleet) {
        String clusterId = fleet.swarm().clusterId();
        return fleet.nodes().values().stream()
                .filter(node -> node.seenAt() != null && isManagerIn(node.report(), clusterId))
                .max(Comparator.comparing(fleet::isConnected)
                        .thenComparing(FleetNode::seenAt, Comparator.nullsFirst(Comparator.naturalOrder())));
    }

    private static boolean isManagerIn(@Nullable Report report, @Nullable String clusterId) {
        return report != null
                && clusterId != null
                && report.facts().swarm().isIn(clusterId)
                && !report.facts().swarm().nodes().isEmpty();
    }

    private static int count(List<SwarmNode> nodes, Predicate<SwarmNode> which) {
        return Math.toIntExact(nodes.stream().filter(which).count());
    }

    private static int withMembership(Fleet fleet, Membership membership) {
        return Math.toIntExact(fleet.enrolled().stream()
                .flatMap(node -> Optional.ofNullable(node.role()).stream())
                .flatMap(role -> Role.named(role).stream())
                .filter(role -> role.membership() == membership)
                .count());
    }

    static RolesView roles(Fleet fleet, Instant now) {
        return new RolesView(
                now,
                Role.BUILT_IN.stream()
                        .map(role ->
                                new RolesView.RoleView(role.name(), word(role.membership()), names(fleet, role.name())))
                        .toList(),
                names(fleet, null),
                auto(fleet, now),
                RoleCommands.warnings(fleet));
    }

    private static List<String> names(Fleet fleet, @Nullable String role) {
        return fleet.enrolled().stream()
                .filter(node -> Objects.equals(node.role(), role))
                .map(FleetNode::name)
                .sorted()
                .toList();
    }

    static KeysView keys(Fleet fleet, Instant now) {
        return new KeysView(
                now, fleet.keys().values().stream().map(key -> key(key, now)).toList());
    }

    static KeysView.KeyView key(EnrolmentKey key, Instant now) {
        return new KeysView.KeyView(
                key.id(),
                keyState(key, now),
                key.usesLeft(),
                key.createdAt(),
                age(key.createdAt(), now),
                key.expiresAt(),
                -age(key.expiresAt(), now));
    }

    private static String keyState(EnrolmentKey key, Instant now) {
        if (key.revoked()) {
            return "revoked";
        }
        if (!now.isBefore(key.expiresAt())) {
            return "expired";
        }
        return key.usesLeft() > 0 ? "usable" : "used-up";
    }

    static EventsView events(Fleet fleet, List<FleetEvent> events, Instant now) {
        return new EventsView(
                now,
                events.stream()
                        .map(event -> new EventsView.EventView(
                                event.at(),
                                age(event.at(), now),
                                event.actor(),
                                nameOf(fleet, event.nodeId()),
                                event.text()))
                        .toList());
    }

    private static @Nullable String nameOf(Fleet fleet, @Nullable String nodeId) {
        return nodeId == null ? null : fleet.node(nodeId).map(FleetNode::name).orElse(nodeId);
    }

    static LogView log(FleetNode node, List<LogLine> lines, long after, Instant now) {
        return new LogView(
                now,
                node.name(),
                lines.stream()
                        .map(line -> new LogView.Line(
                                line.sequence(), line.at(), age(line.at(), now), line.action(), line.text()))
                        .toList(),
                lines.isEmpty() ? after : lines.get(lines.size() - 1).sequence());
    }
}
