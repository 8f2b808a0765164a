package io.swarmctl.controller.fleet;

import io.swarmctl.common.plan.Plan;
import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.trust.TrustException;
import io.swarmctl.common.wire.EnrolmentRequest;
import io.swarmctl.common.wire.Facts;
import io.swarmctl.common.wire.NodeSpec;
import io.swarmctl.common.wire.Report;
import io.swarmctl.controller.fleet.NodeGoal.SwarmGoal;
import io.swarmctl.controller.simulate.SimulatedMachine.Board;
import io.swarmctl.controller.simulate.SimulatedSwarm;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A whole fleet without threads, network or clock: both planners, and machines in memory. */
final class PureFleet {
    /** Making keys takes longer than all the rest, so every board's first card has the same, and its second, and so on. */
    private static final List<EcKeys> KEYS =
            Stream.generate(EcKeys::generate).limit(20).toList();

    private static final EnrolmentKeyCommands.Minted ENROLMENT_KEY = mint();

    final SimulatedSwarm swarms = new SimulatedSwarm();
    private final Map<String, PurePi> pis = new LinkedHashMap<>();
    private final Map<String, Integer> cards = new LinkedHashMap<>();
    private final Set<String> connected = new LinkedHashSet<>();
    private final Map<Long, Set<String>> foundersByEpoch = new TreeMap<>();
    private final SpecWriter writer = new SpecWriter(KEYS.get(0).publicJwk());
    private final List<String> timeline = new ArrayList<>();
    private Fleet fleet = Fleet.empty("test").with(ENROLMENT_KEY.key());
    private Instant now = Instant.parse("2026-11-01T12:00:00Z");
    private long reports;

    Fleet fleet() {
        return fleet;
    }

    FleetNode node(String serial) {
        return fleet.node(serial).orElseThrow();
    }

    Set<String> connected() {
        return Set.copyOf(connected);
    }

    /** What was noted, the oldest first. */
    List<String> timeline() {
        return List.copyOf(timeline);
    }

    /** Who was ever told to found or to recover a swarm, by founder epoch. */
    Map<Long, Set<String>> foundersByEpoch() {
        return foundersByEpoch;
    }

    void pass(Duration time) {
        now = now.plus(time);
        plan();
    }

    void change(FleetLoop.Change change) {
        try {
            attempt(change);
        } catch (FleetException e) {
            throw new IllegalStateException(e);
        }
    }

    void attempt(FleetLoop.Change change) throws FleetException {
        make(change.apply(fleet));
        plan();
    }

    /** A board is switched on: with the card that it had, or a new one. */
    void boot(String serial) {
        int number = new ArrayList<>(cards.keySet()).indexOf(serial);
        Board board = new Board(
                serial, "Raspberry Pi 3 Model B Rev 1.2", "10.0.0." + (number < 0 ? cards.size() + 1 : number + 1));
        PurePi pi = pis.computeIfAbsent(
                serial, key -> new PurePi(board, KEYS.get(cards.merge(key, 1, Integer::sum) - 1), swarms));
        pi.power(true);
        EnrolmentRequest request = new EnrolmentRequest(
                serial, board.model(), 1 << 30, board.address(), "test", ENROLMENT_KEY.text(), null, "nonce");
        Knock knock = new Knock(request, pi.keys().publicJwk(), false);
        change(current -> Admission.admit(current, knock, now));
        connect(serial);
    }

    /** Its power is off until it boots again. */
    void switchOff(String serial) {
        disconnect(serial);
        pis.get(serial).power(false);
    }

    /** The card is destroyed, and with it the board's part in the swarm. */
    void burn(String serial) {
        disconnect(serial);
        pis.remove(serial).destroy();
    }

    boolean hasCard(String serial) {
        return pis.containsKey(serial);
    }

    private boolean isOn(String serial) {
        return hasCard(serial) && pis.get(serial).isOn();
    }

    void connect(String serial) {
        if (isOn(serial) && isKnown(serial)) {
            connected.add(serial);
        }
        fleet = fleet.withConnected(connected);
        plan();
    }

    void disconnect(String serial) {
        connected.remove(serial);
        fleet = fleet.withConnected(connected);
        plan();
    }

    /** The controller starts anew from what it has stored. */
    void restart() {
        restore(fleet);
    }

    /** The controller starts from an older state; ids of the boards that it does not let in: it has forgotten their key. */
    Set<String> restore(Fleet older) {
        fleet = older.withConnected(Set.of()).remembered();
        plan();
        Set<String> unknown = new LinkedHashSet<>(pis.keySet());
        unknown.removeIf(this::isKnown);
        connected.removeAll(unknown);
        List.copyOf(connected).forEach(this::connect);
        return unknown;
    }

    private boolean isKnown(String serial) {
        String key = pis.get(serial).keys().publicJwk();
        return fleet.node(serial).filter(node -> node.publicJwk().equals(key)).isPresent();
    }

    /** Lets one node apply the first action of its plan and report; whether it had one. */
    boolean step(String serial) {
        PurePi pi = pis.get(serial);
        if (!offer(serial) || !connected.contains(serial)) {
            return false;
        }
        boolean worked = pi.work(1);
        receive(pi);
        return worked;
    }

    /** Lets one node do all of its plan while the controller hears nothing of it. */
    void stepUnheard(String serial) {
        if (offer(serial)) {
            pis.get(serial).work(Integer.MAX_VALUE);
        }
    }

    /** Goes on until no node has anything to do; fails when that never happens. */
    void settle() {
        for (int round = 0; round < 200; round++) {
            boolean worked = false;
            String before = specs();
            for (String serial : List.copyOf(fleet.nodes().keySet())) {
                worked |= fleet.node(serial).isPresent() && step(serial);
            }
            if (!worked && before.equals(specs())) {
                return;
            }
        }
        throw new AssertionError("no fixed point:\n" + describe());
    }

    List<Plan> plans() {
        return pis.entrySet().stream()
                .filter(entry -> fleet.nodes().containsKey(entry.getKey())
                        && entry.getValue().followed() != null)
                .map(entry -> entry.getValue().plan())
                .toList();
    }

    Facts facts(String serial) {
        return pis.get(serial).facts();
    }

    NodeSpec followed(String serial) {
        return pis.get(serial).followed();
    }

    String describe() {
        StringBuilder text = new StringBuilder();
        for (FleetNode node : fleet.nodes().values()) {
            text.append(node.name() + " " + node.status() + " " + node.role() + " ")
                    .append(node.goal() == null ? null : node.goal().swarm())
                    .append(connected.contains(node.id()) ? " connected " : " away ")
                    .append(hasCard(node.id()) ? facts(node.id()).swarm() : "burnt")
                    .append('\n');
        }
        return text.append(fleet.swarm()).append('\n').append(timeline).toString();
    }

    private String specs() {
        StringBuilder text = new StringBuilder();
        fleet.nodes().values().forEach(node -> text.append(node.id()).append(node.goal()));
        return text.toString();
    }

    /** Whether the node has a spec to follow. */
    private boolean offer(String serial) {
        PurePi pi = pis.get(serial);
        if (!isOn(serial)) {
            return false;
        }
        NodeSpec spec = fleet.node(serial).map(FleetNode::spec).orElse(null);
        if (spec != null && connected.contains(serial)) {
            pi.offer(spec);
        }
        return pi.followed() != null;
    }

    private void receive(PurePi pi) {
        reports++;
        Report report = pi.report(reports);
        make(pi.shown()
                .map(shown -> Epochs.learn(fleet, shown))
                .orElse(Transition.silent(fleet))
                .then(known -> Reports.receive(known, report, pi.joinTokens().orElse(null), now)));
        plan();
    }

    private void make(Transition transition) {
        fleet = transition.fleet();
        transition.notes().forEach(note -> timeline.add(note.text()));
    }

    private void plan() {
        FleetPlan plan = FleetPlanner.plan(fleet, now);
        plan.notes().forEach(note -> timeline.add(note.text()));
        Fleet after = plan.fleet();
        for (Map.Entry<String, NodeGoal> entry : plan.goals().entrySet()) {
            FleetNode node = after.nodes().get(entry.getKey());
            if (node != null && !entry.getValue().equals(node.goal())) {
                after = after.with(node.withSpec(entry.getValue(), write(after, node, entry.getValue())));
                noteFounder(node.id(), entry.getValue().swarm());
            }
        }
        fleet = after;
    }

    private void noteFounder(String nodeId, SwarmGoal goal) {
        long epoch = goal instanceof SwarmGoal.Found found
                ? found.founderEpoch()
                : goal instanceof SwarmGoal.Recover recover ? recover.founderEpoch() : 0;
        if (epoch > 0) {
            foundersByEpoch.computeIfAbsent(epoch, key -> new LinkedHashSet<>()).add(nodeId);
        }
    }

    private NodeSpec write(Fleet after, FleetNode node, NodeGoal goal) {
        try {
            return writer.write(after, node, goal);
        } catch (TrustException e) {
            throw new IllegalStateException(e);
        }
    }

    private static EnrolmentKeyCommands.Minted mint() {
        try {
            return EnrolmentKeyCommands.mint(
                    Instant.parse("2026-11-01T11:00:00Z"), Duration.ofDays(30), 10_000, new SecureRandom());
        } catch (FleetException e) {
            throw new IllegalStateException(e);
        }
    }
}
