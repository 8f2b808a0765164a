package io.swarmctl.controller.fleet;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Names for nodes: as the policy says for the board's serial, else the next free {@code pi-NNN}. */
final class NodeNames {
    private NodeNames() {}

    static String next(Fleet fleet, String serial) {
        Set<String> taken = fleet.nodes().values().stream().map(FleetNode::name).collect(Collectors.toSet());
        String wanted = fleet.policy().names().get(serial);
        if (wanted != null && !taken.contains(wanted)) {
            return wanted;
        }
        return IntStream.rangeClosed(1, taken.size() + 1)
                .mapToObj(number -> String.format("pi-%03d", number))
                .filter(name -> !taken.contains(name) && !fleet.policy().names().containsValue(name))
                .findFirst()
                .orElseGet(() -> "pi-" + serial);
    }
}
