package io.swarmctl.controller.fleet;

import io.swarmctl.common.wire.JoinTokens;
import io.swarmctl.common.wire.NodeState;
import io.swarmctl.common.wire.Outcome;
import io.swarmctl.common.wire.Report;
import io.swarmctl.common.wire.SwarmFacts;
import io.swarmctl.common.wire.SwarmState;
import io.swarmctl.controller.fleet.Transition.Note;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the fleet learns from a node's report. */
public final class Reports {
    private Reports() {}

    /**
     * Takes a report whose signature has been checked. Reports of unknown nodes and reports that are not newer than the
     * last one change nothing.
     *
     * @param tokens the join tokens that came sealed with the report; null when none did
     * @param at the controller's clock
     */
    public static Transition receive(Fleet fleet, Report report, @Nullable JoinTokens tokens, Instant at) {
        FleetNode node = fleet.nodes().get(report.nodeId());
        if (node == null || !mayReport(node) || !isNewer(report, node.report())) {
            return Transition.silent(fleet);
        }
        List<Note> notes = new ArrayList<>();
        SwarmRecord swarm = learn(fleet, node, report.facts().swarm(), notes);
        if (tokens != null && tokens.clusterId().equals(swarm.clusterId()) && !tokens.equals(swarm.tokens())) {
            swarm = swarm.withTokens(tokens);
        }
        note(node, report, notes);
        return new Transition(fleet.with(node.withReport(report, at)).with(swarm), notes);
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

    private static SwarmRecord learn(Fleet fleet, FleetNode node, SwarmFacts now, List<Note> notes) {
        SwarmRecord swarm = fleet.swarm();
        boolean founded = swarm.clusterId() == null
                && node.id().equals(swarm.founder())
                && now.state() == SwarmState.ACTIVE
                && now.fleetId().equals(fleet.id())
                && now.founderEpoch() == swarm.founderEpoch();
        if (founded) {
            notes.add(new Note(node.id(), node.name() + " has founded the swarm"));
            swarm = swarm.founded(now.clusterId());
        }
        Report last = node.report();
        String clusterId = swarm.clusterId();
        if (last == null || clusterId == null) {
            return swarm;
        }
        SwarmFacts before = last.facts().swarm();
        boolean left = before.isIn(clusterId)
                && !before.nodeId().isEmpty()
                && !before.nodeId().equals(now.nodeId());
        if (left && !now.isIn(clusterId)) {
            notes.add(new Note(node.id(), node.name() + " has left the swarm"));
        }
        return left ? swarm.withFarewell(before.nodeId()) : swarm;
    }

    private static void note(FleetNode node, Report report, List<Note> notes) {
        Report last = node.report();
        NodeState before = last == null ? null : last.state();
        if (report.state() == before) {
            return;
        }
        switch (report.state()) {
            case READY -> notes.add(new Note(node.id(), node.name() + " is ready"));
            case FAILED -> notes.add(new Note(node.id(), node.name() + " failed" + lastFailure(report)));
            case BLOCKED -> notes.add(new Note(node.id(), node.name() + " is blocked" + firstFinding(report)));
            case REBOOTING -> notes.add(new Note(node.id(), node.name() + " reboots"));
            case CONVERGING, WAITING -> {}
        }
    }

    private static String lastFailure(Report report) {
        return report.outcomes().stream()
                .filter(outcome -> !outcome.ok())
                .reduce((first, second) -> second)
                .map(Reports::words)
                .orElse("");
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
