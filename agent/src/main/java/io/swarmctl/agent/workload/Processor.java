package io.swarmctl.agent.workload;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;

/** How many rounds the cores do in a second. */
final class Processor {
    private static final double NANOS = 1e9;

    /** Where all work ends, so that no compiler may leave it out. */
    private final LongAdder done = new LongAdder();

    /** Rounds in a second, in the first part of the time and in the last. */
    record Pace(double first, double last) {}

    /** Of one core, over the whole time. */
    double oneCore(Duration time) {
        return work(time, time).first();
    }

    /** Of all cores together. */
    Pace allCores(Duration time, Duration edge) throws InterruptedException {
        int cores = Runtime.getRuntime().availableProcessors();
        ExecutorService threads = Executors.newFixedThreadPool(cores);
        try {
            List<Callable<Pace>> work = new ArrayList<>();
            for (int core = 0; core < cores; core++) {
                work.add(() -> work(time, edge));
            }
            Pace sum = new Pace(0, 0);
            for (Future<Pace> one : threads.invokeAll(work)) {
                Pace pace = one.get();
                sum = new Pace(sum.first() + pace.first(), sum.last() + pace.last());
            }
            return sum;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private Pace work(Duration time, Duration edge) {
        Round round = new Round();
        long begun = System.nanoTime();
        long firstEnds = begun + edge.toNanos();
        long ends = begun + time.toNanos();
        long lastBegins = ends - edge.toNanos();
        long first = 0;
        long last = 0;
        for (long now = begun; now < ends; now = System.nanoTime()) {
            done.add(round.run());
            first += now < firstEnds ? 1 : 0;
            last += now >= lastBegins ? 1 : 0;
        }
        double seconds = edge.toNanos() / NANOS;
        return new Pace(first / seconds, last / seconds);
    }
}
