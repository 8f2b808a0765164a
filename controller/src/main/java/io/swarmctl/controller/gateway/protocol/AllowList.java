package io.swarmctl.controller.gateway.protocol;

import static io.swarmctl.controller.gateway.protocol.Part.begin;
import static io.swarmctl.controller.gateway.protocol.Part.end;
import static io.swarmctl.controller.gateway.protocol.Part.entry;
import static io.swarmctl.controller.gateway.protocol.Part.exactly;
import static io.swarmctl.controller.gateway.protocol.Part.nothing;
import static io.swarmctl.controller.gateway.protocol.Part.oneOf;
import static io.swarmctl.controller.gateway.protocol.Part.signedText;
import static io.swarmctl.controller.gateway.protocol.Part.words;
import static io.swarmctl.controller.gateway.protocol.Rule.WITHOUT_BOUND;
import static io.swarmctl.controller.gateway.protocol.Rule.rule;

import io.swarmctl.common.wire.BusMaps;
import java.util.ArrayList;
import java.util.List;

/**
 * Every message that passes the gateway; there are no others. Read with Hazelcast's own description of its protocol: a
 * frame each, in order, and nothing after the last.
 *
 * <p>How often one may come on a connection leaves room for a client that asks again because no answer came in time.
 */
public final class AllowList {
    /** The first message of every connection, and never again. */
    public static final int AUTHENTICATION = 0x000100;

    private static final String MAP_SERVICE = "hz:impl:mapService";
    private static final List<String> MAPS =
            List.of(BusMaps.SPECS, BusMaps.REPORTS, BusMaps.OUTPUT, BusMaps.DIAGNOSES, BusMaps.BENCHMARKS);

    private AllowList() {}

    /** The list for one node. */
    public static List<Rule> of(Terms node) {
        Part key = entry("its own key", node.nodeId());
        Part specs = exactly("the name of map specs", BusMaps.SPECS);
        Part aMap = oneOf("the name of one of the fleet's maps", MAPS);
        Part theMapService = exactly("the name of the map service", MAP_SERVICE);
        Part ofOwnPartition = Head.of(node.partition()).ofLength(24);
        Part ofNoPartition = Head.ofNoPartition().ofLength(16);
        Part authenticating = Head.ofNoPartition()
                .int8("serialization version", 33, 1)
                .int8("routing mode", 34, 0)
                .int8("direct routing", 35, 0)
                .ofLength(36);
        Part listening = Head.ofNoPartition()
                .int8("values", 16, 1)
                .int32("events", 17, 0b101)
                .int8("this member only", 21, 0)
                .ofLength(22);
        return List.of(
                rule(
                        AUTHENTICATION,
                        "authentication",
                        1,
                        authenticating,
                        exactly("the bus's name", node.cluster()),
                        nothing("an empty user"),
                        nothing("an empty password"),
                        exactly("the client's type", "JVM"),
                        words("the client's version", 20),
                        words("the client's name", 60),
                        begin("an empty list of labels"),
                        end("an empty list of labels")),
                rule(0x000300, "cluster view", 4, ofNoPartition),
                rule(0x000400, "create proxy", 12, ofNoPartition, aMap, theMapService),
                new Rule(0x000e00, "create proxies", 2, proxies(ofNoPartition, aMap, theMapService)),
                rule(0x000b00, "ping", WITHOUT_BOUND, ofNoPartition),
                rule(0x010200, "get spec", WITHOUT_BOUND, ofOwnPartition, specs, key),
                rule(0x011800, "listen to spec", 4, listening, specs, key),
                set(node, "set report", key, BusMaps.REPORTS),
                set(node, "set output", key, BusMaps.OUTPUT),
                set(node, "set diagnosis", key, BusMaps.DIAGNOSES),
                set(node, "set benchmark", key, BusMaps.BENCHMARKS));
    }

    private static Rule set(Terms node, String name, Part key, String map) {
        return rule(
                0x010f00,
                name,
                WITHOUT_BOUND,
                Head.of(node.partition()).int64("time to live", 24, -1).ofLength(32),
                exactly("the name of map " + map, map),
                key,
                signedText(BusMaps.longest(map)));
    }

    /** After the controller was started again, an agent asks once for all that it had. */
    private static List<List<Part>> proxies(Part head, Part map, Part service) {
        List<List<Part>> shapes = new ArrayList<>();
        for (int many = 1; many <= MAPS.size(); many++) {
            List<Part> frames = new ArrayList<>(List.of(head, begin("a list")));
            for (int one = 0; one < many; one++) {
                frames.addAll(List.of(map, service));
            }
            frames.add(end("the list's end"));
            shapes.add(frames);
        }
        return shapes;
    }
}
