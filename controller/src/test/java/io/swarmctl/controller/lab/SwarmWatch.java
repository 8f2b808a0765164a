package io.swarmctl.controller.lab;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** Asks all Pis all the time which swarm they are in. */
final class SwarmWatch implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(3);

    private final VirtualPis pis;
    private final Set<String> clusterIds = new ConcurrentSkipListSet<>();
    private final Watching watching;

    SwarmWatch(VirtualPis pis) {
        this.pis = pis;
        watching = new Watching("swarm-watch", PAUSE, this::look);
    }

    /** Of all swarms that a Pi was in at some time. */
    Set<String> clusterIds() {
        return Set.copyOf(clusterIds);
    }

    private void look() throws IOException, InterruptedException {
        for (String pi : pis.names()) {
            pis.on(pi, "timeout", "5", "docker", "info", "--format", "{{with .Swarm.Cluster}}id={{.ID}}{{end}}")
                    .output()
                    .lines()
                    .filter(line -> line.matches("id=[a-z0-9]+"))
                    .forEach(clusterIds::add);
        }
    }

    @Override
    public void close() {
        watching.close();
    }
}
