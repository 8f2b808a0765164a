package io.swarmctl.controller.server;

import io.swarmctl.common.trust.TrustException;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetEvent;
import io.swarmctl.controller.fleet.FleetException;
import io.swarmctl.controller.fleet.FleetLoop;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.FleetPlan;
import io.swarmctl.controller.fleet.FleetPlanner;
import io.swarmctl.controller.fleet.FleetStore;
import io.swarmctl.controller.fleet.NodeGoal;
import io.swarmctl.controller.fleet.SpecPublisher;
import io.swarmctl.controller.fleet.SpecWriter;
import io.swarmctl.controller.fleet.Transition;
import io.swarmctl.controller.fleet.Transition.Note;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fleet's thread. Takes the changes that have gathered, makes them, plans once for all of them, stores the result in
 * one transaction, and only then answers and publishes: what nobody was told of may be lost, nothing else.
 */
public final class StoredFleetLoop implements FleetLoop, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoredFleetLoop.class);
    private static final int MOST_WAITING = 10_000;
    private static final int MOST_AT_ONCE = 256;
    private static final Duration LONGEST_REST = Duration.ofMinutes(1);

    /** How soon a store that failed is tried again, whether somebody asks for something or not. */
    private static final Duration TRY_STORE_AGAIN = Duration.ofSeconds(3);

    /** A step that takes no longer than this is not worth to be saved. */
    private static final long SHORT_STEP_NANOS = 10_000_000;

    private static final int REST_FOR_STEPS = 2;
    private static final Duration LONGEST_GATHERING = Duration.ofMillis(200);

    /** What is changed in passing waits for so long. */
    private static final long PASSING_NANOS = 300_000_000;

    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);
    private static final String CONTROLLER = "controller";

    private final FleetStore store;
    private final SpecWriter writer;
    private final SpecPublisher publisher;
    private final Consumer<Fleet> observer;
    private final StepWatch watch;
    private final InstantSource clock;
    private final BlockingQueue<Asked> queue = new ArrayBlockingQueue<>(MOST_WAITING);

    /** What may wait for company. */
    private final BlockingQueue<Asked> inPassing = new ArrayBlockingQueue<>(MOST_WAITING);

    private final StoreHealth health = new StoreHealth();
    private final Thread thread = new Thread(this::run, "fleet");

    /** Written by the fleet's thread only; volatile because every thread may read the latest. */
    private volatile Fleet fleet;

    /** Until when changes gather before the next step. Used by the fleet's thread only. */
    private long gatherUntil = System.nanoTime();

    /** Set by whoever closes. */
    private volatile boolean stopping;

    /** Set by the fleet's thread when it looks into the queue no more; who put something there later takes it out. */
    private volatile boolean ended;

    /** Told of steps, to measure them. */
    @FunctionalInterface
    public interface StepWatch {
        void stepped(int made, int written, long nanos);
    }

    private record Asked(String actor, Change change, CompletableFuture<Fleet> answer) {}

    /**
     * @param fleet as loaded from the store
     * @param observer is told of every new fleet, on the fleet's thread; must not block
     * @param watch is told how every step went, in the same way
     */
    public StoredFleetLoop(
            Fleet fleet,
            FleetStore store,
            SpecWriter writer,
            SpecPublisher publisher,
            Consumer<Fleet> observer,
            StepWatch watch,
            InstantSource clock) {
        this.fleet = fleet.remembered();
        this.store = store;
        this.writer = writer;
        this.publisher = publisher;
        this.observer = observer;
        this.watch = watch;
        this.clock = clock;
    }

    public void start() {
        thread.start();
    }

    /** How many changes wait for the next step. */
    public int waiting() {
        return queue.size() + inPassing.size();
    }

    @Override
    public Fleet fleet() {
        return fleet;
    }

    @Override
    public Optional<Trouble> trouble() {
        return health.trouble();
    }

    @Override
    public CompletableFuture<Fleet> change(String actor, Change change) {
        return put(queue, actor, change);
    }

    @Override
    public CompletableFuture<Fleet> changeInPassing(String actor, Change change) {
        return put(inPassing, actor, change);
    }

    private CompletableFuture<Fleet> put(BlockingQueue<Asked> where, String actor, Change change) {
        CompletableFuture<Fleet> answer = new CompletableFuture<>();
        if (stopping || !where.offer(new Asked(actor, change, answer))) {
            answer.completeExceptionally(new IOException("the controller is too busy; try again in a moment"));
        } else if (ended) {
            turnAway();
        }
        return answer;
    }

    @Override
    public void close() {
        stopping = true;
        // Never by interrupt: one that comes in the middle of a write closes the database's files.
        boolean unused = queue.offer(new Asked("controller", Transition::silent, new CompletableFuture<>()));
        try {
            thread.join(STOP_WITHIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        publisher.prepare(fleet.nodes().values(), fleet).run();
        long due = System.nanoTime();
        while (!stopping) {
            List<Asked> asked = new ArrayList<>();
            try {
                if (!awaitSomethingToDo(asked, due)) {
                    continue;
                }
                long began = System.nanoTime();
                Optional<Instant> lookAgainAt = step(asked);
                long ended = System.nanoTime();
                gatherUntil = ended + gatheringAfter(ended - began);
                due = ended + restUntil(lookAgainAt).toNanos();
            } catch (InterruptedException e) {
                fail(asked, new IOException("the controller is stopping"));
            } catch (RuntimeException e) {
                LOG.error("the fleet could not be planned; going on with it as it was", e);
                fail(asked, e);
                due = System.nanoTime() + LONGEST_REST.toNanos();
            } catch (Error e) {
                // Nobody knows what state this leaves behind; the thread's handler ends the process, and a new one
                // starts.
                end(asked, "the controller is broken: " + e);
                throw e;
            }
        }
        end(List.of(), "the controller is stopping");
    }

    /**
     * Waits a while.
     *
     * @param asked gets the changes for the next step
     * @return whether there are any, or it is time to look at the fleet without
     */
    private boolean awaitSomethingToDo(List<Asked> asked, long due) throws InterruptedException {
        long rest = Math.max(0, due - System.nanoTime());
        Asked first = queue.poll(Math.min(rest, PASSING_NANOS), TimeUnit.NANOSECONDS);
        if (first != null) {
            asked.add(first);
            gather();
            queue.drainTo(asked, MOST_AT_ONCE - 1);
        }
        inPassing.drainTo(asked, MOST_AT_ONCE - asked.size());
        return !asked.isEmpty() || due - System.nanoTime() <= 0;
    }

    /**
     * A step costs what the fleet is large, whatever has changed. Where a thousand nodes report all the time, a third of
     * the time at most is spent on steps, each for more changes; what comes after a quiet moment waits for nothing.
     */
    private void gather() throws InterruptedException {
        long left = gatherUntil - System.nanoTime();
        if (left > 0 && !stopping) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }

    private static long gatheringAfter(long stepNanos) {
        return stepNanos < SHORT_STEP_NANOS ? 0 : Math.min(REST_FOR_STEPS * stepNanos, LONGEST_GATHERING.toNanos());
    }

    private void end(List<Asked> asked, String why) {
        stopping = true;
        ended = true;
        fail(asked, new IOException(why));
        turnAway();
    }

    private void turnAway() {
        List<Asked> late = new ArrayList<>();
        queue.drainTo(late);
        inPassing.drainTo(late);
        fail(late, new IOException("the controller is stopping"));
    }

    private Duration restUntil(Optional<Instant> moment) {
        return moment.map(at -> Duration.between(clock.instant(), at))
                .filter(rest -> rest.compareTo(LONGEST_REST) < 0)
                .orElse(LONGEST_REST);
    }

    private Optional<Instant> step(List<Asked> asked) {
        long began = System.nanoTime();
        Fleet before = fleet;
        Instant now = clock.instant();
        List<Asked> made = new ArrayList<>();
        List<FleetEvent> events = new ArrayList<>();
        Fleet changed = make(asked, before, now, made, events);
        FleetPlan plan = FleetPlanner.plan(changed, now);
        plan.notes().forEach(note -> events.add(event(now, CONTROLLER, note)));
        List<FleetNode> respecified = new ArrayList<>();
        Fleet after = writeSpecs(plan, respecified);
        Runnable publishing = publisher.prepare(respecified, after);
        try {
            store.save(before, after, events);
        } catch (IOException e) {
            health.failed(e, now);
            fail(made, e);
            return Optional.of(now.plus(TRY_STORE_AGAIN));
        }
        health.worked();
        fleet = after;
        tell(publishing, after);
        made.forEach(one -> one.answer().complete(after));
        watch.stepped(made.size(), respecified.size(), System.nanoTime() - began);
        return plan.lookAgainAt();
    }

    /** What is stored stays so, whatever becomes of telling it: agents ask again for specs by themselves. */
    private void tell(Runnable publishing, Fleet after) {
        try {
            observer.accept(after);
            publishing.run();
        } catch (RuntimeException e) {
            LOG.error("a change was stored, and not everybody could be told", e);
        }
    }

    private static Fleet make(List<Asked> asked, Fleet before, Instant now, List<Asked> made, List<FleetEvent> events) {
        Fleet current = before;
        for (Asked one : asked) {
            try {
                Transition transition = one.change().apply(current);
                current = transition.fleet();
                transition.notes().forEach(note -> events.add(event(now, one.actor(), note)));
                made.add(one);
            } catch (FleetException | RuntimeException e) {
                one.answer().completeExceptionally(e);
            }
        }
        return current;
    }

    private Fleet writeSpecs(FleetPlan plan, List<FleetNode> respecified) {
        List<FleetNode> written = new ArrayList<>();
        for (Map.Entry<String, NodeGoal> entry : plan.goals().entrySet()) {
            FleetNode node = plan.fleet().nodes().get(entry.getKey());
            if (node == null || entry.getValue().equals(node.goal())) {
                continue;
            }
            try {
                NodeGoal goal = entry.getValue();
                written.add(node.withSpec(goal, writer.write(plan.fleet(), node, goal)));
            } catch (TrustException e) {
                LOG.error("no spec can be written for {}: {}", node.name(), e.getMessage());
            }
        }
        respecified.addAll(written);
        return plan.fleet().with(written.stream(), node -> node);
    }

    private static FleetEvent event(Instant at, String actor, Note note) {
        return new FleetEvent(at, actor, note.nodeId().isEmpty() ? null : note.nodeId(), note.text());
    }

    private static void fail(List<Asked> asked, Exception reason) {
        asked.forEach(one -> one.answer().completeExceptionally(reason));
    }
}
