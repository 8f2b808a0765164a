package io.swarmctl.controller.gather;

import io.swarmctl.controller.cache.CacheException;
import io.swarmctl.controller.cache.Reading;
import io.swarmctl.controller.debian.DebianException;
import io.swarmctl.controller.fleet.DebianSystem;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetLoop;
import io.swarmctl.controller.fleet.Gatherings;
import io.swarmctl.controller.fleet.Transition;
import io.swarmctl.controller.image.card.DockerDirectory;
import io.swarmctl.controller.image.card.DockerManifest;
import io.swarmctl.controller.image.disk.ImageException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers Docker's packages once for each kind of system that nodes without Docker have, and gives them to these nodes.
 * Nodes wait for it; when it does not come to an end soon they are told to help themselves.
 */
public final class DockerGathering implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DockerGathering.class);
    private static final String ACTOR = "controller";

    /** Nodes that fetch for themselves need about as long. */
    private static final Duration NODES_WAIT = Duration.ofMinutes(4);

    private static final Duration GOOD_FOR = Duration.ofDays(1);
    private static final Duration TRY_AGAIN = Duration.ofMinutes(10);

    /** A change that could not be stored is made later: nodes wait for what it says. */
    private static final Duration TELL_AGAIN = Duration.ofSeconds(10);

    private static final int MEGABYTE = 1_000_000;

    private final Path directory;
    private final Archive archive;
    private final FleetLoop loop;
    private final Set<DebianSystem> begun = ConcurrentHashMap.newKeySet();
    private final Offers offers = new Offers();

    /** One system after the other: each takes a core, and a hundred megabytes. */
    private final ScheduledExecutorService worker = thread("gather");

    /** Never blocks. */
    private final ScheduledExecutorService clock = thread("gather-clock");

    /** @param directory below which it gathers, for each kind of system in a directory of its own */
    public DockerGathering(Path directory, Archive archive, FleetLoop loop) {
        this.directory = directory;
        this.archive = archive;
        this.loop = loop;
    }

    private static ScheduledExecutorService thread(String name) {
        return Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** From now on nodes wait for what is gathered. */
    public void start() {
        change(fleet -> Transition.silent(fleet.withGatherings(Gatherings.BEGUN)));
    }

    /** Looks at what the nodes of a fleet need. Does not block; one thread at a time calls it. */
    public void follow(Fleet fleet) {
        if (!fleet.gatherings().on()) {
            return;
        }
        for (DebianSystem system : Gatherings.neededBy(fleet)) {
            if (begun.size() < Gatherings.MOST_SYSTEMS && begun.add(system)) {
                later(clock, NODES_WAIT, () -> giveUpWaiting(system));
                later(worker, Duration.ZERO, () -> begin(system));
            }
        }
    }

    /**
     * A file that a node asks for. Blocks for the disk.
     *
     * @param path as {@code /docker/INDEX/NAME}
     * @throws CacheException when there is no such file
     */
    public Reading open(String path) throws IOException {
        return offers.open(path);
    }

    @Override
    public void close() {
        clock.shutdownNow();
        worker.shutdownNow();
    }

    private void begin(DebianSystem system) {
        kept(system).ifPresent(manifest -> offer(system, manifest, ""));
        gather(system);
    }

    /** What an earlier start of the controller has gathered, if it is all there. */
    private Optional<DockerManifest> kept(DebianSystem system) {
        Path place = place(system);
        try {
            DockerManifest manifest = DockerDirectory.open(place).manifest();
            boolean whole = manifest.files().stream().allMatch(file -> DockerDirectory.holds(place, file));
            return whole ? Optional.of(manifest) : Optional.empty();
        } catch (ImageException e) {
            return Optional.empty();
        }
    }

    private void gather(DebianSystem system) {
        try {
            DockerManifest manifest = archive.into(place(system), system);
            long bytes = manifest.files().stream()
                    .mapToLong(DockerManifest.File::size)
                    .sum();
            offer(
                    system,
                    manifest,
                    "gathered " + manifest.docker() + " for " + system + ": "
                            + (manifest.files().size() - 1) + " packages, " + bytes / MEGABYTE + " MB");
            later(worker, GOOD_FOR, () -> gatherIfNeeded(system));
        } catch (DebianException | RuntimeException e) {
            LOG.warn("cannot gather Docker's packages for {}: {}", system, e.getMessage());
            if (!offers.has(system)) {
                tell(
                        system,
                        "",
                        "cannot gather Docker's packages for " + system + ": " + e.getMessage()
                                + "; nodes fetch their own");
            }
            later(worker, TRY_AGAIN, () -> gatherIfNeeded(system));
        }
    }

    /** Where nobody needs it any more it is begun anew by who does. */
    private void gatherIfNeeded(DebianSystem system) {
        if (Gatherings.neededBy(loop.fleet()).contains(system)) {
            gather(system);
        } else {
            begun.remove(system);
        }
    }

    private void offer(DebianSystem system, DockerManifest manifest, String words) {
        offers.put(system, place(system), manifest).ifPresent(index -> tell(system, index, words));
    }

    private void giveUpWaiting(DebianSystem system) {
        change(fleet -> fleet.gatherings().indexes().containsKey(system)
                ? Transition.silent(fleet)
                : Transition.of(
                        fleet.withGatherings(fleet.gatherings().with(system, "")),
                        "",
                        "gathering Docker's packages for " + system + " takes long; nodes fetch their own meanwhile"));
    }

    private void tell(DebianSystem system, String index, String words) {
        change(fleet -> {
            Fleet told = fleet.withGatherings(fleet.gatherings().with(system, index));
            return words.isEmpty() ? Transition.silent(told) : Transition.of(told, "", words);
        });
    }

    private void change(FleetLoop.Change change) {
        var unused = loop.change(ACTOR, change).whenComplete((fleet, failure) -> {
            if (failure != null) {
                later(clock, TELL_AGAIN, () -> change(change));
            }
        });
    }

    private Path place(DebianSystem system) {
        return directory.resolve(system.release() + "-" + system.architecture());
    }

    private static void later(ScheduledExecutorService thread, Duration after, Runnable work) {
        try {
            var unused = thread.schedule(work, after.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the controller is stopping");
        }
    }
}
