package io.swarmctl.controller.gateway;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what goes through the gateway, on its event loops. */
final class Counters implements GatewayCounters {
    private final Map<String, LongAdder> forwarded = new ConcurrentHashMap<>();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder waits = new LongAdder();
    private final LongAdder violations = new LongAdder();
    private final LongAdder refusals = new LongAdder();

    void forward(String message, int size) {
        forwarded.computeIfAbsent(message, name -> new LongAdder()).increment();
        bytes.add(size);
    }

    void hold() {
        waits.increment();
    }

    void violate() {
        violations.increment();
    }

    void refuse() {
        refusals.increment();
    }

    @Override
    public Map<String, Long> messages() {
        Map<String, Long> sums = new TreeMap<>();
        forwarded.forEach((name, sum) -> sums.put(name, sum.sum()));
        return sums;
    }

    @Override
    public long bytes() {
        return bytes.sum();
    }

    @Override
    public long waits() {
        return waits.sum();
    }

    @Override
    public long violations() {
        return violations.sum();
    }

    @Override
    public long refusedConnections() {
        return refusals.sum();
    }
}
