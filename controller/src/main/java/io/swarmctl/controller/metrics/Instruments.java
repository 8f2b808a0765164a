package io.swarmctl.controller.metrics;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.DoubleSupplier;

/** Makes instruments of the plain kinds; all names begin alike. */
record Instruments(PrometheusRegistry registry) {
    private static final double FIRST_BOUND = 0.0005;
    private static final int BOUNDS = 12;

    /** A value that is looked at when somebody asks. */
    void gauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(Metrics.PREFIX + name)
                .help(help)
                .callback(gauge -> gauge.call(value.getAsDouble()))
                .register(registry);
    }

    /** The same of one that only grows. */
    void counter(String name, String help, DoubleSupplier value) {
        CounterWithCallback.builder()
                .name(Metrics.PREFIX + name)
                .help(help)
                .callback(counter -> counter.call(value.getAsDouble()))
                .register(registry);
    }

    /** Of what takes from half a millisecond to a second. */
    Histogram shortTimes(String name, String help, String... labels) {
        return Histogram.builder()
                .name(Metrics.PREFIX + name)
                .help(help)
                .labelNames(labels)
                .classicExponentialUpperBounds(FIRST_BOUND, 2, BOUNDS)
                .classicOnly()
                .register(registry);
    }
}
