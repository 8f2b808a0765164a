package io.swarmctl.controller.api.view;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything about one node.
 *
 * @param facts what it says it is; null before the first report
 * @param running the action at work; null between actions
 * @param outcomes of the latest pass that did something
 */
@Json
public record NodeDetailView(
        Instant at,
        NodeView node,
        @Nullable FactsView facts,
        @Nullable RunningView running,
        List<FindingView> findings,
        List<OutcomeView> outcomes) {
    public NodeDetailView {
        findings = List.copyOf(findings);
        outcomes = List.copyOf(outcomes);
    }

    /** The machine. Its age is the node's {@code seenAgeSeconds}. */
    @Json
    public record FactsView(
            String os,
            String kernel,
            String architecture,
            String docker,
            String hostname,
            long freeDiskBytes,
            @Nullable Double celsius,
            boolean underVoltage,
            List<AddressView> addresses,
            SwarmPartView swarm) {
        public FactsView {
            addresses = List.copyOf(addresses);
        }
    }

    /** An address of a network interface. */
    @Json
    public record AddressView(String name, String address, boolean wired) {}

    /**
     * The swarm as this node's engine sees it.
     *
     * @param foreign whether it is not this fleet's, and nobody has let the node leave it
     */
    @Json
    public record SwarmPartView(
            String state,
            boolean manager,
            String nodeId,
            String clusterId,
            String address,
            String error,
            boolean foreign) {}

    /** The action at work. */
    @Json
    public record RunningView(String action, Instant startedAt, long ageSeconds, String progress) {}

    /** What came of one action; {@code problem} is empty when it went well. */
    @Json
    public record OutcomeView(
            String action,
            Instant startedAt,
            long ageSeconds,
            double seconds,
            boolean ok,
            String problem,
            String remedy,
            List<String> lastLines) {
        public OutcomeView {
            lastLines = List.copyOf(lastLines);
        }
    }
}
