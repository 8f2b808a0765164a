package io.swarmctl.agent.link;

import io.swarmctl.common.wire.Benchmark.Measured;
import io.swarmctl.common.wire.LinkTrial;
import io.swarmctl.common.wire.Measure;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures the way to the controller, when it is this node's turn. On several connections at once: what goes over one is
 * encrypted by one core, and on a Pi 3 that core is slower than the cable.
 */
public final class LinkMeter {
    private static final Logger LOG = LoggerFactory.getLogger(LinkMeter.class);
    private static final int WITHIN_SECONDS = 15;
    private static final double BYTES_A_NANO_TO_MEGABYTES = 1e3;

    private final Dial dial;

    /** Opens a new connection to the controller's service for it. */
    @FunctionalInterface
    public interface Dial {
        Socket connect() throws IOException;
    }

    public LinkMeter(Dial dial) {
        this.dial = dial;
    }

    /** Blocks for five seconds or so, and before for as long as other nodes are at it. */
    public Measured measure() throws InterruptedException {
        Map<String, Double> values = new TreeMap<>();
        String trouble = "";
        List<LinkStream> streams = new CopyOnWriteArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(LinkTrial.STREAMS, work -> {
            Thread thread = new Thread(work, "link-trial");
            thread.setDaemon(true);
            return thread;
        });
        try {
            measure(streams, threads, values);
        } catch (IOException e) {
            trouble = String.valueOf(e.getMessage());
        } finally {
            threads.shutdownNow();
            streams.forEach(LinkMeter::close);
        }
        String reason = trouble;
        return new Measured(
                values,
                Arrays.stream(Measure.values())
                        .filter(measure -> measure.isOfLink() && !values.containsKey(measure.key()))
                        .collect(Collectors.toMap(Measure::key, measure -> reason)));
    }

    private void measure(List<LinkStream> streams, ExecutorService threads, Map<String, Double> values)
            throws IOException, InterruptedException {
        LinkStream first = open(streams);
        // Others wait meanwhile, and a handshake takes its time on a slow board.
        List<Callable<LinkStream>> others = Collections.nCopies(LinkTrial.STREAMS - 1, () -> open(streams));
        List<LinkStream> unused = all(threads, others);
        values.put(Measure.LINK_ROUND_TRIP.key(), first.roundTrip());
        values.put(Measure.LINK_DOWN.key(), rate(streams, threads, LinkStream::down));
        values.put(Measure.LINK_UP.key(), rate(streams, threads, LinkStream::up));
    }

    private LinkStream open(List<LinkStream> streams) throws IOException, InterruptedException {
        LinkStream stream = new LinkStream(dial.connect());
        streams.add(stream);
        stream.awaitTurn();
        if (Thread.currentThread().isInterrupted()) {
            // The others have given up, and closed what they knew of.
            close(stream);
        }
        return stream;
    }

    /** Carries bytes, and says how many. */
    @FunctionalInterface
    private interface Carrying {
        long by(LinkStream stream) throws IOException;
    }

    private static double rate(List<LinkStream> streams, ExecutorService threads, Carrying carrying)
            throws IOException, InterruptedException {
        long begun = System.nanoTime();
        long bytes =
                all(
                                threads,
                                streams.stream()
                                        .map(stream -> (Callable<Long>) () -> carrying.by(stream))
                                        .toList())
                        .stream()
                        .mapToLong(Long::longValue)
                        .sum();
        return bytes / (double) (System.nanoTime() - begun) * BYTES_A_NANO_TO_MEGABYTES;
    }

    /** Does all of it at once, or fails. */
    private static <T> List<T> all(ExecutorService threads, List<Callable<T>> work)
            throws IOException, InterruptedException {
        List<T> results = new ArrayList<>();
        try {
            for (Future<T> one : threads.invokeAll(work, WITHIN_SECONDS, TimeUnit.SECONDS)) {
                results.add(one.get());
            }
            return results;
        } catch (CancellationException e) {
            throw new IOException("the way to the controller is too slow to be measured", e);
        } catch (ExecutionException e) {
            throw new IOException(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
        }
    }

    private static void close(LinkStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            LOG.debug("closing: {}", e.getMessage());
        }
    }
}
