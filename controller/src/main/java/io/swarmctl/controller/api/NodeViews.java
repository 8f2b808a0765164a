package io.swarmctl.controller.api;

import io.swarmctl.common.plan.Plan;
import io.swarmctl.common.plan.Planner;
import io.swarmctl.common.wire.Action;
import io.swarmctl.common.wire.Facts;
import io.swarmctl.common.wire.Finding;
import io.swarmctl.common.wire.Fingerprint;
import io.swarmctl.common.wire.NodeSpec;
import io.swarmctl.common.wire.Outcome;
import io.swarmctl.common.wire.Report;
import io.swarmctl.common.wire.Running;
import io.swarmctl.common.wire.SwarmFacts;
import io.swarmctl.common.wire.SwarmState;
import io.swarmctl.controller.api.view.CandidateView;
import io.swarmctl.controller.api.view.FindingView;
import io.swarmctl.controller.api.view.NodeDetailView;
import io.swarmctl.controller.api.view.NodeDetailView.AddressView;
import io.swarmctl.controller.api.view.NodeDetailView.FactsView;
import io.swarmctl.controller.api.view.NodeDetailView.OutcomeView;
import io.swarmctl.controller.api.view.NodeDetailView.RunningView;
import io.swarmctl.controller.api.view.NodeDetailView.SwarmPartView;
import io.swarmctl.controller.api.view.NodeView;
import io.swarmctl.controller.api.view.NodesView;
import io.swarmctl.controller.api.view.PlanView;
import io.swarmctl.controller.fleet.Adoption;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetException;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.NodeCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What people are shown of nodes. Copies field by field, so that nothing secret slips through. */
public final class NodeViews {
    private static final Pattern WORD_START = Pattern.compile("(?<=[a-z])(?=[A-Z])");

    /** As people count: {@code pi-1000} comes after {@code pi-999}. */
    static final Comparator<FleetNode> BY_NAME = Comparator.comparing(NodeViews::letters)
            .thenComparingInt(node -> node.name().length())
            .thenComparing(FleetNode::name);

    private NodeViews() {}

    private static String letters(FleetNode node) {
        int end = node.name().length();
        while (end > 0 && Character.isDigit(node.name().charAt(end - 1))) {
            end--;
        }
        return node.name().substring(0, end);
    }

    static NodesView list(Fleet fleet, Instant now) {
        return new NodesView(now, list(fleet, fleet.nodes().values().stream().toList(), now));
    }

    /** Those nodes, by name. */
    public static List<NodeView> list(Fleet fleet, List<FleetNode> nodes, Instant now) {
        return nodes.stream()
                .sorted(BY_NAME)
                .map(node -> node(fleet, node, now))
                .toList();
    }

    static NodeView node(Fleet fleet, FleetNode node, Instant now) {
        NodeCondition condition = NodeCondition.of(fleet, node, now);
        Report report = node.report();
        Instant seenAt = node.seenAt();
        return new NodeView(
                node.id(),
                node.name(),
                node.model(),
                node.board().memoryBytes(),
                node.role(),
                word(condition.state()),
                condition.why(),
                condition.remedy(),
                fleet.isConnected(node),
                report == null ? "" : address(report.facts()),
                report == null ? "" : membership(report.facts().swarm()),
                report == null ? 0 : report.plan().size(),
                report == null ? "" : report.agentVersion(),
                node.marks().labels(),
                node.board().arrivedAt(),
                age(node.board().arrivedAt(), now),
                node.status() == FleetNode.Status.PENDING ? Fingerprint.of(node.publicJwk()) : null,
                node.candidate() == null ? null : candidate(node.candidate(), now),
                seenAt,
                seenAt == null ? null : age(seenAt, now));
    }

    private static CandidateView candidate(FleetNode.Candidate candidate, Instant now) {
        return new CandidateView(
                candidate.reason(),
                Fingerprint.of(candidate.publicJwk()),
                candidate.address(),
                candidate.askedAt(),
                age(candidate.askedAt(), now));
    }

    /** A constant's name as people read it: {@code USED_UP} is {@code used-up}. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static long age(Instant then, Instant now) {
        return Duration.between(then, now).toSeconds();
    }

    private static String address(Facts facts) {
        return facts.interfaces().isEmpty() ? "" : facts.interfaces().get(0).address();
    }

    private static String membership(SwarmFacts swarm) {
        if (swarm.state() == SwarmState.INACTIVE || swarm.clusterId().isEmpty()) {
            return "";
        }
        return swarm.manager() ? "manager" : "worker";
    }

    static NodeDetailView detail(Fleet fleet, FleetNode node, Instant now) {
        Report report = node.report();
        NodeView view = node(fleet, node, now);
        if (report == null) {
            return new NodeDetailView(now, view, null, null, List.of(), List.of());
        }
        Running running = report.running();
        return new NodeDetailView(
                now,
                view,
                facts(report.facts(), Adoption.needsWord(fleet, node)),
                running == null ? null : running(running, now),
                findings(report.findings()),
                report.outcomes().stream().map(outcome -> outcome(outcome, now)).toList());
    }

    private static FactsView facts(Facts facts, boolean inForeignSwarm) {
        return new FactsView(
                facts.system().pretty(),
                facts.system().kernel(),
                facts.system().architecture(),
                facts.docker().version(),
                facts.hostname().live(),
                facts.system().freeDiskBytes(),
                facts.hardware().celsius(),
                facts.hardware().hasSeenUnderVoltage(),
                facts.interfaces().stream()
                        .map(at -> new AddressView(at.name(), at.address(), at.wired()))
                        .toList(),
                swarm(facts.swarm(), inForeignSwarm));
    }

    private static SwarmPartView swarm(SwarmFacts swarm, boolean foreign) {
        return new SwarmPartView(
                word(swarm.state()),
                swarm.manager(),
                swarm.nodeId(),
                swarm.clusterId(),
                swarm.address(),
                swarm.error(),
                foreign);
    }

    private static RunningView running(Running running, Instant now) {
        Instant startedAt = Instant.ofEpochMilli(running.startedAt());
        return new RunningView(running.action(), startedAt, age(startedAt, now), running.progress());
    }

    private static OutcomeView outcome(Outcome outcome, Instant now) {
        Instant startedAt = Instant.ofEpochMilli(outcome.startedAt());
        return new OutcomeView(
                outcome.action(),
                startedAt,
                age(startedAt, now),
                outcome.durationMillis() / 1000.0,
                outcome.ok(),
                outcome.failure() == null ? "" : outcome.failure().problem(),
                outcome.failure() == null ? "" : outcome.failure().remedy(),
                outcome.lastLines());
    }

    private static List<FindingView> findings(List<Finding> findings) {
        return findings.stream()
                .map(finding -> new FindingView(word(finding.severity()), finding.problem(), finding.remedy()))
                .toList();
    }

    /**
     * What the node's own planner makes of its latest report.
     *
     * @throws FleetException when the node has not reported, or has no spec yet
     */
    static PlanView plan(FleetNode node, Instant now) throws FleetException {
        Report report = node.report();
        NodeSpec spec = node.spec();
        Instant seenAt = node.seenAt();
        if (report == null || spec == null || seenAt == null) {
            throw new FleetException(
                    FleetException.Reason.CONFLICT,
                    node.name() + " has " + (report == null ? "not reported yet" : "no spec yet"),
                    "see what it waits for: swarmctl nodes show " + node.name());
        }
        Plan plan = Planner.plan(report.facts(), spec);
        return new PlanView(
                now,
                node.name(),
                seenAt,
                age(seenAt, now),
                plan.converged(),
                plan.actions().stream().map(NodeViews::step).toList(),
                plan.rebootFor(),
                plan.waitingFor(),
                findings(plan.findings()));
    }

    static PlanView.Step step(Action action) {
        String type = WORD_START.matcher(action.getClass().getSimpleName()).replaceAll("-");
        return new PlanView.Step(type.toLowerCase(Locale.ROOT), action.title());
    }
}
