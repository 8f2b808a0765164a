package io.swarmctl.controller.fleet;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Names for nodes: as the policy says for the board's serial, else the next free {@code pi-NNN}. */
final class NodeNames {
    private NodeNames() {}

    static String next(Fleet fleet, String nodeId) {
        Set<String> taken = fleet.nodes().values().stream().map(FleetNode::name).collect(Collectors.toSet());
        Map<String, String> given = fleet.policy().names();
        Optional<String> wanted = given.entrySet().stream()
                .filter(entry -> isFor(entry.getKey(), nodeId))
                .map(Map.Entry::getValue)
                .filter(name -> !taken.contains(name))
                .findFirst();
        return wanted.orElseGet(() -> IntStream.rangeClosed(1, taken.size() + given.size() + 1)
                .mapToObj(number -> String.format(Locale.ROOT, "pi-%03d", number))
                .filter(name -> !taken.contains(name) && !given.containsValue(name))
                .findFirst()
                .orElseThrow());
    }

    private static boolean isFor(String serial, String nodeId) {
        return serial.strip().equalsIgnoreCase(nodeId);
    }
}
