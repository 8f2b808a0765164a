package io.swarmctl.controller.metrics;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.swarmctl.controller.gateway.GatewayCounters;

/** What goes through the agent gateway. */
final class GatewayMetrics {
    private GatewayMetrics() {}

    static void register(GatewayCounters counters, PrometheusRegistry registry) {
        Instruments instruments = new Instruments(registry);
        CounterWithCallback.builder()
                .name(Metrics.PREFIX + "gateway_messages_total")
                .help("Messages of agents that were let through to the bus, by the rule that they kept to")
                .labelNames("rule")
                .callback(counter -> counters.messages().forEach((rule, count) -> counter.call(count, rule)))
                .register(registry);
        instruments.counter("gateway_bytes_total", "Bytes of those messages", counters::bytes);
        instruments.counter(
                "gateway_waits_total",
                "How often a node had to wait because it sent more than its share",
                counters::waits);
        instruments.counter(
                "gateway_violations_total", "Connections that were ended for what came on them", counters::violations);
        instruments.counter(
                "gateway_refused_connections_total",
                "Connections that were not let in: no node of the fleet, shut out, or too many",
                counters::refusedConnections);
    }
}
