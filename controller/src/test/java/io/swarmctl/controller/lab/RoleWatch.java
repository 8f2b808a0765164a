package io.swarmctl.controller.lab;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Asks the controller all the time which roles are assigned: what it has answered once, it may not forget. */
final class RoleWatch implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final LabFleet fleet;
    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
    private final List<String> lost = new CopyOnWriteArrayList<>();
    private final Watching watching;

    RoleWatch(LabFleet fleet) {
        this.fleet = fleet;
        watching = new Watching("role-watch", PAUSE, this::look);
    }

    /** Roles by the node's name, as acknowledged until now. */
    Map<String, String> acknowledged() {
        return Map.copyOf(acknowledged);
    }

    /** Assignments that were answered, and were others later; in words. */
    List<String> lost() {
        return List.copyOf(lost);
    }

    private void look() throws IOException, InterruptedException {
        Map<String, String> now = fleet.roles();
        if (now.isEmpty()) {
            return;
        }
        acknowledged.forEach((node, role) -> {
            if (!role.equals(now.get(node))) {
                lost.add(node + " was " + role + ", and then " + now.get(node));
            }
        });
        acknowledged.putAll(now);
    }

    @Override
    public void close() {
        watching.close();
    }
}
