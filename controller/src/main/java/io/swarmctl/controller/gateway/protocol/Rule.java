package io.swarmctl.controller.gateway.protocol;

import java.util.List;

/**
 * One kind of message that an agent may send.
 *
 * @param type as the protocol numbers it
 * @param name for people and counters
 * @param most how many of it may come on one connection
 * @param shapes the frames it may have; the first is always its head
 */
public record Rule(int type, String name, int most, List<List<Part>> shapes) {
    static final int WITHOUT_BOUND = Integer.MAX_VALUE;

    public Rule {
        shapes = shapes.stream().map(List::copyOf).toList();
    }

    static Rule rule(int type, String name, int most, Part... frames) {
        return new Rule(type, name, most, List.of(List.of(frames)));
    }
}
