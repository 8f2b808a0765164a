package io.swarmctl.controller.fleet;

import io.swarmctl.common.wire.Finding;
import io.swarmctl.common.wire.NodeSpec;
import io.swarmctl.common.wire.NodeState;
import io.swarmctl.common.wire.Outcome;
import io.swarmctl.common.wire.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How people see a node. A silent node is never shown as healthy.
 *
 * @param why in a few words; may be empty
 * @param remedy what a person can do; empty when there is nothing to do
 */
public record NodeCondition(State state, String why, String remedy) {
    private static final Duration FIRST_CONNECTION = Duration.ofSeconds(30);
    private static final Duration LONGEST_REBOOT = Duration.ofMinutes(5);

    /** Agents start anew, controllers too, and a cable is touched: nothing that anybody has to look after yet. */
    private static final Duration SHORTEST_SILENCE = Duration.ofSeconds(15);

    /** The one word for it. */
    public enum State {
        /** A person has to approve it. */
        PENDING,
        /** Enrolled and without a role. */
        NEW,
        /** Should be connected and is not. */
        SILENT,
        WORKING,
        /** For others. */
        WAITING,
        READY,
        /** The last action failed; it tries again by itself. */
        FAILED,
        /** A person has to do something first. */
        BLOCKED,
        REBOOTING,
        REVOKED,
        /** Leaves the swarm, then the fleet. */
        REMOVING
    }

    public static NodeCondition of(Fleet fleet, FleetNode node, Instant now) {
        NodeCondition own = ofItself(fleet, node, now);
        FleetNode.Candidate candidate = node.candidate();
        if (candidate == null) {
            return own;
        }
        String waits = "another card waits for approval: " + candidate.reason();
        return new NodeCondition(
                own.state,
                own.why.isEmpty() ? waits : own.why + "; " + waits,
                own.remedy.isEmpty() ? decide(node) : own.remedy + "; " + decide(node));
    }

    private static String decide(FleetNode node) {
        return "swarmctl nodes approve " + node.name() + " puts the new card in its place, swarmctl nodes refuse "
                + node.name() + " sends it away";
    }

    private static NodeCondition ofItself(Fleet fleet, FleetNode node, Instant now) {
        boolean connected = fleet.isConnected(node);
        return switch (node.status()) {
            case PENDING ->
                new NodeCondition(
                        State.PENDING,
                        node.standing().reason().isEmpty()
                                ? "waits for approval"
                                : node.standing().reason(),
                        "approve it: swarmctl nodes approve " + node.name() + ", or refuse it: swarmctl nodes refuse "
                                + node.name());
            case REVOKED ->
                new NodeCondition(
                        State.REVOKED, node.standing().reason(), "forget it: swarmctl nodes remove " + node.name());
            case REMOVING ->
                new NodeCondition(
                        State.REMOVING,
                        node.standing().reason(),
                        connected
                                ? ""
                                : "it is silent; do not wait for it: swarmctl nodes remove --force " + node.name());
            case ENROLLED ->
                connected ? heard(fleet, node) : apart(node, fleet.apart().get(node.id()), now);
        };
    }

    private static NodeCondition apart(FleetNode node, @Nullable Instant since, Instant now) {
        Instant seenAt = node.seenAt();
        Report report = node.report();
        if (seenAt == null || report == null) {
            return Duration.between(node.board().arrivedAt(), now).compareTo(FIRST_CONNECTION) < 0
                    ? new NodeCondition(State.WORKING, "is connecting", "")
                    : new NodeCondition(
                            State.SILENT, "has not connected since it enrolled", "check its power and its network");
        }
        Duration silence = Duration.between(seenAt, now);
        if (report.state() == NodeState.REBOOTING && silence.compareTo(LONGEST_REBOOT) < 0) {
            return new NodeCondition(State.REBOOTING, "back soon", "");
        }
        if (since != null && Duration.between(since, now).compareTo(SHORTEST_SILENCE) < 0) {
            return new NodeCondition(State.WORKING, "is connecting again", "");
        }
        return new NodeCondition(State.SILENT, "not connected", "check its power and its network");
    }

    private static NodeCondition heard(Fleet fleet, FleetNode node) {
        Report report = node.report();
        if (report == null) {
            return assigned(fleet, node, State.WORKING, "has not reported yet");
        }
        if (Epochs.followsNewer(node)) {
            return new NodeCondition(State.WORKING, "follows a later spec than this controller remembers", "");
        }
        return switch (report.state()) {
            case FAILED -> failed(report);
            case BLOCKED -> blocked(report);
            case REBOOTING -> new NodeCondition(State.REBOOTING, "back soon", "");
            case CONVERGING -> new NodeCondition(State.WORKING, atWork(report), "");
            case WAITING -> assigned(fleet, node, State.WAITING, "for " + report.waitingFor());
            case READY ->
                follows(report, node.spec())
                        ? assigned(fleet, node, State.READY, firstWarning(report))
                        : assigned(fleet, node, State.WORKING, "is about to read its new spec");
        };
    }

    private static NodeCondition assigned(Fleet fleet, FleetNode node, State state, String why) {
        return node.role() == null ? withoutRole(fleet, node) : new NodeCondition(state, why, "");
    }

    private static NodeCondition withoutRole(Fleet fleet, FleetNode node) {
        Policy.Auto rule = fleet.policy().auto();
        return rule == null || RoleRules.managesWithoutRole(fleet, node)
                ? new NodeCondition(
                        State.NEW, "has no role", "give it one: swarmctl roles assign worker " + node.name())
                : new NodeCondition(State.NEW, "gets a role " + whenBy(rule), "");
    }

    private static String whenBy(Policy.Auto rule) {
        return rule.settleSeconds() == 0
                ? "by the standing rule"
                : "once no new node has come for " + rule.settleSeconds() + " s";
    }

    private static boolean follows(Report report, @Nullable NodeSpec spec) {
        return spec == null
                || (report.epoch() == spec.epoch() && report.generation() >= spec.generation())
                || report.epoch() > spec.epoch();
    }

    private static String atWork(Report report) {
        if (report.running() == null) {
            return report.plan().isEmpty() ? "" : report.plan().get(0).title();
        }
        String progress = report.running().progress();
        return report.running().action() + (progress.isEmpty() ? "" : ": " + progress);
    }

    private static NodeCondition failed(Report report) {
        Optional<Outcome> last =
                report.outcomes().stream().filter(outcome -> !outcome.ok()).reduce((first, second) -> second);
        if (last.isEmpty() || last.get().failure() == null) {
            return new NodeCondition(State.FAILED, "tries again by itself", "");
        }
        return new NodeCondition(
                State.FAILED,
                last.get().action() + ": " + last.get().failure().problem(),
                last.get().failure().remedy());
    }

    private static String firstWarning(Report report) {
        return report.findings().stream()
                .filter(finding -> finding.severity() == Finding.Severity.WARNING)
                .map(Finding::problem)
                .findFirst()
                .orElse("");
    }

    private static NodeCondition blocked(Report report) {
        return report.findings().stream()
                .filter(finding -> finding.severity() == Finding.Severity.ERROR)
                .findFirst()
                .map(finding -> new NodeCondition(State.BLOCKED, finding.problem(), finding.remedy()))
                .orElse(failed(report).state(State.BLOCKED));
    }

    private NodeCondition state(State other) {
        return new NodeCondition(other, why, remedy);
    }
}
