package io.swarmctl.controller.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.wire.NodeState;
import io.swarmctl.common.wire.Report;
import io.swarmctl.common.wire.SwarmFacts;
import io.swarmctl.controller.fleet.ActionRun;
import io.swarmctl.controller.fleet.BenchmarkRun;
import io.swarmctl.controller.fleet.ExampleNodes;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetEvent;
import io.swarmctl.controller.fleet.FleetException;
import io.swarmctl.controller.fleet.FleetException.Reason;
import io.swarmctl.controller.fleet.FleetLoop.Change;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.FleetStore;
import io.swarmctl.controller.fleet.LogLine;
import io.swarmctl.controller.fleet.NodeCommands;
import io.swarmctl.controller.fleet.Policy;
import io.swarmctl.controller.fleet.Reports;
import io.swarmctl.controller.fleet.SpecWriter;
import io.swarmctl.controller.fleet.Transition;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoredFleetLoopTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final EcKeys KEYS = EcKeys.generate();

    private final SlowStore store = new SlowStore();
    private final List<String> published = new CopyOnWriteArrayList<>();
    private final List<Fleet> observed = new CopyOnWriteArrayList<>();
    private boolean busBroken;
    private Fleet start = Fleet.empty("fleet-1");
    private StoredFleetLoop loop = loop();

    @AfterEach
    void close() {
        store.open();
        loop.close();
    }

    @Test
    void changesAreMadeInTheirOrder() throws Exception {
        loop.start();
        List<CompletableFuture<Fleet>> answers = IntStream.rangeClosed(1, 600)
                .mapToObj(number -> loop.change("test", fleet -> {
                    assertThat(fleet.nodes()).hasSize(number - 1);
                    return Transition.of(fleet.with(ExampleNodes.pending(number)), "", "node " + number);
                }))
                .toList();
        for (CompletableFuture<Fleet> answer : answers) {
            get(answer);
        }
        assertThat(loop.fleet().nodes()).hasSize(600);
        assertThat(store.saved.nodes()).hasSize(600);
        assertThat(store.events)
                .extracting(FleetEvent::text)
                .startsWith("node 1", "node 2")
                .hasSize(600);
    }

    @Test
    void whatIsChangedInPassingIsMadeByItselfToo() throws Exception {
        loop.start();
        CompletableFuture<Fleet> alone = loop.changeInPassing("test", add(1));
        assertThat(get(alone).nodes()).hasSize(1);
    }

    @Test
    void whatIsChangedInPassingGoesWithTheNextChange() throws Exception {
        store.close();
        loop.start();
        CompletableFuture<Fleet> held = loop.change("test", add(1));
        CompletableFuture<Fleet> passing = loop.changeInPassing("test", add(2));
        CompletableFuture<Fleet> next = loop.change("test", add(3));
        store.open();

        assertThat(get(held).nodes()).hasSizeBetween(1, 3);
        assertThat(get(next).nodes()).hasSize(3);
        assertThat(get(passing).nodes()).hasSize(3);
    }

    @Test
    void aChangeThatFailsDoesNotDisturbOthersOfItsBatch() throws Exception {
        store.close();
        loop.start();
        CompletableFuture<Fleet> first = loop.change("test", add(1));
        CompletableFuture<Fleet> refused = loop.change("test", fleet -> {
            throw new FleetException(Reason.CONFLICT, "no", "do not");
        });
        CompletableFuture<Fleet> broken = loop.change("test", fleet -> {
            throw new IllegalStateException("a bug");
        });
        CompletableFuture<Fleet> second = loop.change("test", add(2));
        store.open();
        assertThat(get(first).nodes()).isNotEmpty();
        assertThat(get(second).nodes()).hasSize(2);
        assertThatThrownBy(() -> get(refused)).hasCauseInstanceOf(FleetException.class);
        assertThatThrownBy(() -> get(broken)).hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatCannotBeStoredDidNotHappen() throws Exception {
        loop.start();
        Fleet before = get(loop.change("test", add(1)));
        observed.clear();
        published.clear();
        store.full = true;
        CompletableFuture<Fleet> answer = loop.change("test", add(2));
        assertThatThrownBy(() -> get(answer)).hasCauseInstanceOf(IOException.class);
        assertThat(loop.fleet()).isEqualTo(before);
        assertThat(observed).isEmpty();
        assertThat(published).isEmpty();
        store.full = false;
        assertThat(get(loop.change("test", add(3))).nodes()).hasSize(2);
    }

    @Test
    void specsArePublishedWhenTheyAreStored() throws Exception {
        loop.start();
        get(loop.change("test", fleet -> Transition.silent(fleet.with(node()))));
        assertThat(published).containsExactly(node().id() + " stored");
        get(loop.change("test", fleet -> Transition.silent(fleet.with(ExampleNodes.pending(2)))));
        assertThat(published).as("nothing new").hasSize(1);
    }

    @Test
    void whatIsStoredIsAnsweredAndObservedThoughTheBusIsBroken() throws Exception {
        loop.start();
        busBroken = true;
        assertThat(get(loop.change("test", fleet -> Transition.silent(fleet.with(node()))))
                        .nodes())
                .hasSize(1);
        assertThat(observed).last().satisfies(fleet -> assertThat(fleet.nodes()).hasSize(1));
    }

    @Test
    void timeAloneWakesThePlanner() {
        FleetNode settled = node().withReport(
                        ExampleNodes.report(node(), NodeState.READY, SwarmFacts.inactive()), ExampleNodes.NOW);
        start = start.with(start.policy().withAuto(new Policy.Auto(1, 61))).with(settled);
        loop = loop();
        loop.start();
        await().atMost(SOON)
                .until(() -> "manager"
                        .equals(loop.fleet().node(settled.id()).orElseThrow().role()));
        assertThat(loop.fleet().swarm().founder()).isEqualTo(settled.id());
    }

    @Test
    void closingWaitsForTheWriteAndTurnsTheRestAway() throws Exception {
        loop.start();
        get(loop.change("test", Transition::silent));
        store.close();
        CompletableFuture<Fleet> writing = loop.change("test", add(1));
        await().atMost(SOON).until(() -> store.waiting);
        Thread closer = new Thread(loop::close);
        closer.start();
        await().atMost(SOON).until(() -> loop.change("test", add(2)).isCompletedExceptionally());
        assertThat(closer.isAlive()).isTrue();
        store.open();
        closer.join(SOON.toMillis());
        assertThat(closer.isAlive()).isFalse();
        assertThat(get(writing).nodes()).hasSize(1);
        assertThat(store.interrupted).isFalse();
        CompletableFuture<Fleet> late = loop.change("test", add(3));
        assertThatThrownBy(() -> get(late)).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void anErrorEndsTheLoopAndNobodyWaitsForIt() throws Exception {
        BlockingQueue<Throwable> uncaught = new LinkedBlockingQueue<>();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> uncaught.add(thrown));
        try {
            loop.start();
            Fleet stored = get(loop.change("test", add(1)));
            CompletableFuture<Fleet> broken = loop.change("test", fleet -> {
                throw new StackOverflowError();
            });
            assertThatThrownBy(() -> get(broken))
                    .hasCauseInstanceOf(IOException.class)
                    .hasMessageContaining("the controller is broken");
            assertThat(uncaught.poll(SOON.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(StackOverflowError.class);
            CompletableFuture<Fleet> later = loop.change("test", add(2));
            assertThatThrownBy(() -> get(later)).hasCauseInstanceOf(IOException.class);
            assertThat(store.saved).isEqualTo(stored);
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    @Test
    void aNodeThatWasToldSomethingBeforeIsToldNothingNewUntilItSpeaks() throws Exception {
        loop.start();
        FleetNode told = get(loop.change("test", fleet -> Transition.silent(fleet.with(node()))))
                .node(node().id())
                .orElseThrow();
        loop.close();
        start = store.saved;
        published.clear();
        loop = loop();
        loop.start();
        Fleet renamed = get(loop.change("test", fleet -> NodeCommands.rename(fleet, told.id(), "attic")));
        assertThat(renamed.node(told.id()).orElseThrow().spec()).isEqualTo(told.spec());

        Report report = ExampleNodes.report(told, NodeState.READY, SwarmFacts.inactive());
        Fleet heard = get(loop.change("test", fleet -> Reports.receive(fleet, report, null, ExampleNodes.NOW)));
        assertThat(heard.node(told.id()).orElseThrow().spec().name()).isEqualTo("attic");
    }

    @Test
    void presenceIsToldAgainUntilItIsStored() throws Exception {
        loop.start();
        List<Runnable> later = new CopyOnWriteArrayList<>();
        ConnectedNodes presence = new ConnectedNodes(loop, later::add);
        store.full = true;
        presence.connected(Set.of("serial-1"));
        presence.connected(Set.of("serial-1", "serial-2"));
        await().atMost(SOON).until(() -> later.size() == 1);
        store.full = false;
        later.get(0).run();
        await().atMost(SOON).until(() -> loop.fleet().connected().equals(Set.of("serial-1", "serial-2")));
        assertThat(later).hasSize(1);
    }

    private static Change add(int number) {
        return fleet -> Transition.silent(fleet.with(ExampleNodes.pending(number)));
    }

    private static FleetNode node() {
        return ExampleNodes.arrived(1).withKey(KEYS.publicJwk());
    }

    private static Fleet get(CompletableFuture<Fleet> answer) throws Exception {
        return answer.get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    private StoredFleetLoop loop() {
        InstantSource clock = InstantSource.offset(
                InstantSource.system(), Duration.between(InstantSource.system().instant(), ExampleNodes.NOW));
        return new StoredFleetLoop(
                start,
                store,
                new SpecWriter(KEYS.publicJwk()),
                (changed, fleet) -> () -> {
                    if (busBroken && !changed.isEmpty()) {
                        throw new IllegalStateException("the bus is broken");
                    }
                    changed.forEach(node -> published.add(
                            node.id() + (store.saved.nodes().containsKey(node.id()) ? " stored" : " not stored")));
                },
                observed::add,
                (made, written, nanos) -> {},
                clock);
    }

    /** Keeps the last fleet; can be full, and can keep a write waiting. */
    private static final class SlowStore implements FleetStore {
        private final List<FleetEvent> events = new CopyOnWriteArrayList<>();
        private volatile CountDownLatch gate = new CountDownLatch(0);
        private volatile Fleet saved = Fleet.empty("fleet-1");
        private volatile boolean full;
        private volatile boolean waiting;
        private volatile boolean interrupted;

        void open() {
            gate.countDown();
        }

        @Override
        public void appendRuns(List<ActionRun> runs) {}

        @Override
        public List<ActionRun> runs(String nodeId, int limit) {
            return List.of();
        }

        @Override
        public void appendBenchmark(BenchmarkRun run) {}

        @Override
        public List<BenchmarkRun> benchmarks() {
            return List.of();
        }

        @Override
        public void close() {
            gate = new CountDownLatch(1);
        }

        @Override
        public void save(Fleet before, Fleet after, List<FleetEvent> told) throws IOException {
            waiting = gate.getCount() > 0;
            try {
                gate.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
            if (full) {
                throw new IOException("disk full");
            }
            saved = after;
            events.addAll(told);
        }

        @Override
        public Optional<Fleet> load() {
            return Optional.of(saved);
        }

        @Override
        public List<FleetEvent> eventsOf(String nodeId, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<FleetEvent> events(int limit) {
            return events;
        }

        @Override
        public void appendLog(List<LogLine> lines) {}

        @Override
        public List<LogLine> log(String nodeId, long after, int limit) {
            return List.of();
        }
    }
}
