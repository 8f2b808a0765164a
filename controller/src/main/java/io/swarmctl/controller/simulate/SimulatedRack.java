package io.swarmctl.controller.simulate;

import io.swarmctl.controller.cli.SimulationRunner.Order;
import io.swarmctl.controller.cli.SimulationRunner.Simulation;
import io.swarmctl.controller.cli.SimulationRunner.Standing;
import io.swarmctl.controller.cli.SimulationRunner.Way;
import io.swarmctl.controller.simulate.Look.Stage;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Many simulated boards in one process. Used by one thread. */
final class SimulatedRack implements Simulation {
    private static final Duration END_WITHIN = Duration.ofSeconds(30);

    private final SimulationDirectory directory;
    private final Recording recording;
    private final SimulatedSwarm swarms;
    private final List<Card> cards = new ArrayList<>();
    private final List<SimulatedPi> pis = new ArrayList<>();

    private SimulatedRack(SimulationDirectory directory, Recording recording) throws IOException {
        this.directory = directory;
        this.recording = recording;
        this.swarms = directory.swarms();
    }

    static SimulatedRack prepare(SimulationDirectory directory, List<Slot> slots, Order order, Way way, String version)
            throws IOException {
        Recording recording = Recording.begin(order.record(), InstantSource.system());
        SimulatedRack rack = new SimulatedRack(directory, recording);
        for (Slot slot : slots) {
            Card card = directory.card(slot.number());
            rack.cards.add(card);
            rack.pis.add(new SimulatedPi(
                    slot,
                    card,
                    card.flash(way.gateway(), directory.ca()),
                    version,
                    rack.swarms,
                    recording,
                    order.pace()));
        }
        return rack;
    }

    @Override
    public int blank() {
        return (int) cards.stream().filter(Card::isBlank).count();
    }

    @Override
    public void start(String enrolmentKey) throws IOException {
        for (Card card : cards) {
            if (card.isBlank()) {
                card.give(enrolmentKey);
            }
        }
        pis.forEach(SimulatedPi::switchOn);
    }

    @Override
    public Standing standing() {
        Map<Stage, Integer> counts = new EnumMap<>(Stage.class);
        String trouble = "";
        for (SimulatedPi pi : pis) {
            Stage stage = pi.look().stage();
            counts.merge(stage, 1, Integer::sum);
            trouble = stage == Stage.FAILED ? pi.look().trouble() : trouble;
        }
        return new Standing(
                counts.getOrDefault(Stage.OFF, 0),
                counts.getOrDefault(Stage.KNOCKING, 0),
                counts.getOrDefault(Stage.WORKING, 0),
                counts.getOrDefault(Stage.WAITING, 0),
                counts.getOrDefault(Stage.IDLE, 0),
                counts.getOrDefault(Stage.READY, 0),
                counts.getOrDefault(Stage.FAILED, 0),
                trouble);
    }

    @Override
    public List<String> names() {
        return pis.stream()
                .map(pi -> pi.look().name())
                .filter(name -> !name.isEmpty())
                .sorted()
                .toList();
    }

    @Override
    public void close() throws IOException {
        pis.forEach(SimulatedPi::switchOff);
        boolean allEnded = awaitAll();
        if (!directory.isTemporary()) {
            for (SimulatedPi pi : pis) {
                pi.keep();
            }
            directory.keep(swarms);
        }
        recording.close();
        directory.close();
        if (!allEnded) {
            throw new IOException("some nodes did not end within " + END_WITHIN.toSeconds() + " s");
        }
    }

    /** Interrupted, it does not wait on. */
    private boolean awaitAll() {
        long deadline = System.nanoTime() + END_WITHIN.toNanos();
        boolean all = true;
        try {
            for (SimulatedPi pi : pis) {
                all &= pi.await(Duration.ofNanos(deadline - System.nanoTime()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return all;
    }
}
