package io.swarmctl.controller.lab;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Asks all Pis again and again, on a thread of its own, which swarm they are in. */
final class SwarmWatch implements AutoCloseable {
    private static final int EVERY_SECONDS = 3;

    private final VirtualPis pis;
    private final Set<String> clusterIds = new ConcurrentSkipListSet<>();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "swarm-watch"));

    private final Future<?> looking;

    SwarmWatch(VirtualPis pis) {
        this.pis = pis;
        looking = thread.scheduleWithFixedDelay(this::look, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    /** Of all swarms that a Pi was in at some time. */
    Set<String> clusterIds() {
        return Set.copyOf(clusterIds);
    }

    private void look() {
        for (String pi : pis.names()) {
            clusterIdOf(pi).ifPresent(clusterIds::add);
        }
    }

    /** Empty also when the Pi cannot be asked now; it is asked again. */
    private Optional<String> clusterIdOf(String pi) {
        try {
            return pis.on(pi, "timeout", "5", "docker", "info", "--format", "{{with .Swarm.Cluster}}id={{.ID}}{{end}}")
                    .output()
                    .lines()
                    .filter(line -> line.matches("id=[a-z0-9]+"))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        looking.cancel(true);
        thread.shutdownNow();
        try {
            thread.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
