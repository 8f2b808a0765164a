package io.swarmctl.controller.fleet;

import io.swarmctl.common.wire.Facts;
import io.swarmctl.common.wire.JoinTokens;
import io.swarmctl.common.wire.NodeState;
import io.swarmctl.common.wire.Outcome;
import io.swarmctl.common.wire.Report;
import io.swarmctl.common.wire.SwarmFacts;
import io.swarmctl.common.wire.SwarmOrigin;
import io.swarmctl.common.wire.SwarmState;
import io.swarmctl.controller.fleet.Transition.Note;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the fleet learns from a node's report. */
public final class Reports {
    private Reports() {}

    /**
     * Takes a report whose signature has been checked. Reports of unknown nodes and reports that are not newer than the
     * last one change nothing.
     *
     * @param tokens the join tokens that came sealed with the report; null when none did. Only a manager's are taken:
     *     with tokens of its own making, any other node could draw new ones into a swarm that is not the fleet's
     * @param at the controller's clock
     */
    public static Transition receive(Fleet fleet, Report report, @Nullable JoinTokens tokens, Instant at) {
        FleetNode node = fleet.nodes().get(report.nodeId());
        if (node == null || !mayReport(node)) {
            return Transition.silent(fleet);
        }
        if (!isNewer(report, node.report())) {
            // After a restart of the controller nodes repeat their last report, which may be known already.
            return Transition.silent(isLast(report, node.report()) ? fleet.heard(node.id()) : fleet);
        }
        List<Note> notes = new ArrayList<>();
        SwarmRecord swarm = learn(fleet, node, report.facts(), notes);
        if (tokens != null && RoleRules.isManager(node) && tokens.clusterId().equals(swarm.clusterId())) {
            swarm = swarm.withTokens(tokens);
        }
        note(node, report, notes);
        FleetNode reported = node.withReport(report.withoutNewerSpec(), at);
        return new Transition(fleet.heard(node.id()).with(reported).with(swarm), notes);
    }

    private static boolean mayReport(FleetNode node) {
        return switch (node.status()) {
            case ENROLLED, REMOVING -> true;
            case PENDING, REVOKED -> false;
        };
    }

    private static boolean isNewer(Report report, @Nullable Report last) {
        return last == null || report.number() > last.number();
    }

    private static boolean isLast(Report report, @Nullable Report last) {
        return last != null && report.number() == last.number();
    }

    private static SwarmRecord learn(Fleet fleet, FleetNode node, Facts facts, List<Note> notes) {
        SwarmRecord swarm = fleet.swarm();
        SwarmFacts now = facts.swarm();
        if (hasFounded(fleet, node, now)) {
            String what = swarm.lost() == null ? " has founded the swarm" : " has recovered the swarm";
            notes.add(new Note(node.id(), node.name() + what));
            swarm = swarm.founded(now.clusterId());
        } else if (hasForgottenSwarm(fleet, node, now)) {
            notes.add(new Note(
                    node.id(), node.name() + " manages the fleet's swarm, which this controller had forgotten"));
            swarm = swarm.adopted(new SwarmOrigin(now.founderEpoch(), node.id(), now.clusterId()), List.of());
        }
        String clusterId = swarm.clusterId();
        if (clusterId != null && now.isIn(clusterId) && !node.id().equals(swarm.founder())) {
            swarm = swarm.joined();
        }
        // A stopped engine tells nothing of where its node stands.
        return clusterId == null || !facts.docker().answers() ? swarm : part(fleet, swarm, clusterId, node, now, notes);
    }

    private static boolean hasFounded(Fleet fleet, FleetNode node, SwarmFacts now) {
        SwarmRecord swarm = fleet.swarm();
        return swarm.clusterId() == null
                && node.id().equals(swarm.founder())
                && isOurs(fleet, now)
                && now.founderEpoch() == swarm.founderEpoch();
    }

    /**
     * A swarm that was founded in an epoch that this controller does not know. Only where it knows no swarm at all, and
     * only a manager's word counts: a manager could have founded it, so this gives it nothing that it has not.
     */
    private static boolean hasForgottenSwarm(Fleet fleet, FleetNode node, SwarmFacts now) {
        SwarmRecord swarm = fleet.swarm();
        return swarm.clusterId() == null
                && RoleRules.isManager(node)
                && isOurs(fleet, now)
                && now.founderEpoch() > swarm.founderEpoch();
    }

    private static boolean isOurs(Fleet fleet, SwarmFacts now) {
        return now.state() == SwarmState.ACTIVE && now.fleetId().equals(fleet.id());
    }

    /** The node's entry in the swarm's list has to go when the node has left, and to stay when it is back. */
    private static SwarmRecord part(
            Fleet fleet, SwarmRecord swarm, String clusterId, FleetNode node, SwarmFacts now, List<Note> notes) {
        SwarmRecord welcomed = now.isIn(clusterId) ? swarm.withoutFarewell(now.nodeId()) : swarm;
        Report last = node.report();
        if (last == null) {
            return welcomed;
        }
        SwarmFacts before = last.facts().swarm();
        String entry = before.nodeId();
        boolean left = before.isIn(clusterId)
                && !entry.isEmpty()
                && !entry.equals(now.nodeId())
                && !isAnothers(fleet, node, entry);
        if (left && !now.isIn(clusterId)) {
            notes.add(new Note(node.id(), node.name() + " has left the swarm"));
        }
        return left ? welcomed.withFarewell(entry) : welcomed;
    }

    private static boolean isAnothers(Fleet fleet, FleetNode node, String swarmNodeId) {
        return fleet.nodes().values().stream()
                .filter(other -> !other.id().equals(node.id()))
                .flatMap(other -> Members.swarmFacts(other).stream())
                .anyMatch(facts -> facts.nodeId().equals(swarmNodeId));
    }

    private static void note(FleetNode node, Report report, List<Note> notes) {
        Report last = node.report();
        newFailures(last, report)
                .forEach(outcome -> notes.add(new Note(node.id(), node.name() + " failed" + words(outcome))));
        NodeState before = last == null ? null : last.state();
        if (report.state() == before) {
            return;
        }
        switch (report.state()) {
            case READY ->
                notes.add(new Note(
                        node.id(), node.name() + (node.role() == null ? " is prepared for a role" : " is ready")));
            case BLOCKED -> notes.add(new Note(node.id(), node.name() + " is blocked" + firstFinding(report)));
            case REBOOTING -> notes.add(new Note(node.id(), node.name() + " reboots"));
            case FAILED, CONVERGING, WAITING -> {}
        }
    }

    /** By what was done and not by the node's state: a node that tries again at once may never be seen as failed. */
    private static Stream<Outcome> newFailures(@Nullable Report last, Report report) {
        return report.outcomes().stream()
                .filter(outcome -> !outcome.ok())
                .filter(outcome -> last == null || !last.outcomes().contains(outcome));
    }

    private static String words(Outcome outcome) {
        return outcome.failure() == null
                ? ""
                : " to " + outcome.action() + ": " + outcome.failure().problem();
    }

    private static String firstFinding(Report report) {
        return report.findings().stream()
                .findFirst()
                .map(finding -> ": " + finding.problem())
                .orElse("");
    }
}
