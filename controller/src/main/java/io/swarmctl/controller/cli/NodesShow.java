package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.CandidateView;
import io.swarmctl.controller.api.view.EventsView;
import io.swarmctl.controller.api.view.FindingView;
import io.swarmctl.controller.api.view.NodeDetailView;
import io.swarmctl.controller.api.view.NodeDetailView.FactsView;
import io.swarmctl.controller.api.view.NodeDetailView.OutcomeView;
import io.swarmctl.controller.api.view.NodeView;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = "Shows everything about a node: what it is, what it does, what is wrong and what to do.",
        footer = {"", "Example:", "  swarmctl nodes show pi-001"})
final class NodesShow implements Callable<Integer> {
    private static final int LABEL = 12;
    private static final int EVENTS_SHOWN = 5;

    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    @Mixin
    private Output output = new Output();

    @Parameters(paramLabel = "NODE", description = "Its name or id.")
    private String node = "";

    NodesShow(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException {
        Api api = target.open(surroundings);
        String json = api.get("/nodes/" + Api.segment(node));
        output.print(surroundings, json, shown -> words(shown) + events(api, shown));
        return ExitCode.OK;
    }

    private String words(String json) throws CliException {
        NodeDetailView view = Api.read(json, NodeDetailView.class);
        StringBuilder text = new StringBuilder();
        head(view.node(), text);
        FactsView facts = view.facts();
        if (facts != null) {
            machine(facts, text);
        }
        if (view.running() != null) {
            line(
                    "doing",
                    view.running().action() + " for "
                            + Words.span(view.running().ageSeconds())
                            + progress(view.running().progress()),
                    text);
        }
        findings(view.findings(), text);
        outcomes(view.outcomes(), text);
        return text.toString();
    }

    private static String events(Api api, String json) throws CliException {
        String name = Api.read(json, NodeDetailView.class).node().name();
        EventsView view =
                Api.read(api.get("/events?limit=" + EVENTS_SHOWN + "&node=" + Api.segment(name)), EventsView.class);
        StringBuilder text = new StringBuilder();
        view.events()
                .forEach(event -> text.append(String.format(
                        Locale.ROOT, "  %-12s %s: %s%n", Words.ago(event.ageSeconds()), event.actor(), event.text())));
        return text.isEmpty() ? "" : "\nwhat happened\n" + text;
    }

    private void head(NodeView node, StringBuilder text) {
        line("name", node.name(), text);
        line("id", node.id(), text);
        line("role", Words.dash(node.role()), text);
        String state = Colours.state(surroundings, node.state());
        line("state", node.why().isEmpty() ? state : state + ": " + node.why(), text);
        line("do", node.remedy(), text);
        String connection = node.connected() ? "connected" : "not connected";
        line("seen", Words.ago(node.seenAgeSeconds()) + ", " + connection, text);
        line("arrived", Words.ago(node.arrivedAgeSeconds()), text);
        line("model", node.model() + ", " + Words.gigabytes(node.memoryBytes()) + " memory", text);
        line("agent", node.agentVersion(), text);
        line("labels", Words.labels(node.labels()), text);
        line("key", node.key() == null ? "" : node.key(), text);
        CandidateView candidate = node.candidate();
        if (candidate != null) {
            line(
                    "other card",
                    "waits for approval, " + Words.ago(candidate.askedAgeSeconds()) + ": " + candidate.reason(),
                    text);
            line("", "at " + candidate.address() + ", key " + candidate.key(), text);
        }
    }

    private static void machine(FactsView facts, StringBuilder text) {
        line("system", facts.os() + ", kernel " + facts.kernel() + ", " + facts.architecture(), text);
        line("card", Words.gigabytes(facts.freeDiskBytes()) + " free", text);
        line("temperature", celsius(facts.celsius()) + (facts.underVoltage() ? ", has seen under-voltage" : ""), text);
        for (NodeDetailView.AddressView at : facts.addresses()) {
            line("address", at.address() + " on " + at.name() + (at.wired() ? ", wired" : ", wireless"), text);
        }
        line("docker", facts.docker().isEmpty() ? "does not answer" : facts.docker(), text);
        NodeDetailView.SwarmPartView swarm = facts.swarm();
        line(
                "swarm",
                swarm.nodeId().isEmpty()
                        ? swarm.state()
                        : (swarm.manager() ? "manager, " : "worker, ") + swarm.state() + " as " + swarm.nodeId(),
                text);
        line("swarm error", swarm.error(), text);
    }

    private static String celsius(@Nullable Double celsius) {
        return celsius == null ? "unknown" : String.format(Locale.ROOT, "%.1f °C", celsius);
    }

    private static String progress(String progress) {
        return progress.isEmpty() ? "" : ": " + progress;
    }

    private static void findings(List<FindingView> findings, StringBuilder text) {
        for (FindingView finding : findings) {
            line(finding.severity(), finding.problem(), text);
            line("", finding.remedy(), text);
        }
    }

    private static void outcomes(List<OutcomeView> outcomes, StringBuilder text) {
        if (outcomes.isEmpty()) {
            return;
        }
        text.append("\nlast actions\n");
        for (OutcomeView outcome : outcomes) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %-6s %7.1f s  %s, %s%n",
                    outcome.ok() ? "ok" : "failed",
                    outcome.seconds(),
                    outcome.action(),
                    Words.ago(outcome.ageSeconds())));
            if (!outcome.ok()) {
                text.append("    ").append(outcome.problem()).append('\n');
                text.append("    ").append(outcome.remedy()).append('\n');
                outcome.lastLines()
                        .forEach(last -> text.append("    | ").append(last).append('\n'));
            }
        }
    }

    private static void line(String label, String value, StringBuilder text) {
        if (!value.isEmpty()) {
            text.append(label)
                    .append(" ".repeat(LABEL - label.length()))
                    .append(value)
                    .append('\n');
        }
    }
}
