package io.swarmctl.controller.fleet;

import io.swarmctl.agent.machine.MachineException;
import io.swarmctl.common.plan.Plan;
import io.swarmctl.common.plan.Planner;
import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.trust.Sealed;
import io.swarmctl.common.trust.TrustException;
import io.swarmctl.common.wire.Action;
import io.swarmctl.common.wire.EnrolmentRequest;
import io.swarmctl.common.wire.Facts;
import io.swarmctl.common.wire.JoinTokens;
import io.swarmctl.common.wire.MemoryCgroup;
import io.swarmctl.common.wire.NodeSpec;
import io.swarmctl.common.wire.NodeState;
import io.swarmctl.common.wire.Report;
import io.swarmctl.controller.simulate.SimulatedMachine;
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

/** A whole fleet without threads, network or clock: both planners, and machines in memory. */
final class PureFleet {
    /** Making keys takes longer than all the rest, so every board has the same. */
    private static final EcKeys KEYS = EcKeys.generate();

    private static final EnrolmentKeyCommands.Minted ENROLMENT_KEY = mint();

    final SimulatedSwarm swarms = new SimulatedSwarm();
    private final Map<String, SimulatedMachine> machines = new LinkedHashMap<>();
    private final Set<String> connected = new LinkedHashSet<>();
    private final SpecWriter writer = new SpecWriter(KEYS.publicJwk());
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

    void pass(Duration time) {
        now = now.plus(time);
        plan();
    }

    void change(FleetLoop.Change change) {
        try {
            fleet = change.apply(fleet).fleet();
        } catch (FleetException e) {
            throw new IllegalStateException(e);
        }
        plan();
    }

    void boot(String serial) {
        Board board = new Board(serial, "Raspberry Pi 3 Model B Rev 1.2", "10.0.0." + (machines.size() + 1));
        machines.computeIfAbsent(
                serial,
                key -> new SimulatedMachine(
                        board, swarms, PureFleet::open, MemoryCgroup.NOT_ASKED_FOR, (action, output) -> {}));
        EnrolmentRequest request = new EnrolmentRequest(
                serial, board.model(), 1 << 30, board.address(), "test", ENROLMENT_KEY.text(), null, "nonce");
        Admission.Knock knock = new Admission.Knock(request, KEYS.publicJwk(), false);
        change(current -> Admission.admit(current, knock, now));
        connect(serial);
    }

    void connect(String serial) {
        connected.add(serial);
        fleet = fleet.withConnected(connected);
        plan();
    }

    void disconnect(String serial) {
        connected.remove(serial);
        fleet = fleet.withConnected(connected);
        plan();
    }

    /** Lets one node apply the first action of its plan and report; whether it had one. */
    boolean step(String serial) {
        NodeSpec spec = node(serial).spec();
        SimulatedMachine machine = machines.get(serial);
        if (spec == null || machine == null || !connected.contains(serial)) {
            return false;
        }
        try {
            Plan plan = Planner.plan(machine.facts(), spec);
            for (Action action :
                    plan.actions().subList(0, Math.min(1, plan.actions().size()))) {
                machine.apply(action, line -> {});
            }
            if (plan.actions().isEmpty() && !plan.rebootFor().isEmpty()) {
                machine.reboot();
            }
            report(spec, machine);
            return !plan.converged();
        } catch (MachineException e) {
            report(spec, machine);
            return true;
        }
    }

    /** Lets one node do all of its plan while the controller hears nothing of it. */
    void stepUnheard(String serial) {
        SimulatedMachine machine = machines.get(serial);
        try {
            for (Action action :
                    Planner.plan(machine.facts(), node(serial).spec()).actions()) {
                machine.apply(action, line -> {});
            }
        } catch (MachineException e) {
            throw new IllegalStateException(e);
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
        List<Plan> plans = new ArrayList<>();
        for (FleetNode node : fleet.nodes().values()) {
            SimulatedMachine machine = machines.get(node.id());
            if (machine != null && node.spec() != null) {
                plans.add(Planner.plan(machine.facts(), node.spec()));
            }
        }
        return plans;
    }

    Facts facts(String serial) {
        return machines.get(serial).facts();
    }

    String describe() {
        StringBuilder text = new StringBuilder();
        fleet.nodes()
                .values()
                .forEach(node -> text.append(node.name())
                        .append(' ')
                        .append(node.status())
                        .append(' ')
                        .append(node.role())
                        .append(' ')
                        .append(node.goal() == null ? null : node.goal().swarm())
                        .append(' ')
                        .append(connected.contains(node.id()))
                        .append(' ')
                        .append(facts(node.id()).swarm())
                        .append('\n'));
        return text.append(fleet.swarm()).toString();
    }

    private String specs() {
        StringBuilder text = new StringBuilder();
        fleet.nodes().values().forEach(node -> text.append(node.id()).append(node.goal()));
        return text.toString();
    }

    private void report(NodeSpec spec, SimulatedMachine machine) {
        Facts facts = machine.facts();
        Plan plan = Planner.plan(facts, spec);
        reports++;
        NodeState state = !plan.actions().isEmpty()
                ? NodeState.CONVERGING
                : plan.waitingFor().isEmpty() ? NodeState.READY : NodeState.WAITING;
        Report report = new Report(
                spec.nodeId(),
                reports,
                "test",
                spec.epoch(),
                spec.generation(),
                state,
                facts,
                plan.actions(),
                plan.findings(),
                List.of(),
                null,
                plan.waitingFor(),
                null);
        JoinTokens tokens = machine.joinTokens().orElse(null);
        fleet = Reports.receive(fleet, report, tokens, now).fleet();
        plan();
    }

    private void plan() {
        FleetPlan plan = FleetPlanner.plan(fleet, now);
        Fleet after = plan.fleet();
        for (Map.Entry<String, NodeGoal> entry : plan.goals().entrySet()) {
            FleetNode node = after.nodes().get(entry.getKey());
            if (node != null && !entry.getValue().equals(node.goal())) {
                after = after.with(node.withSpec(entry.getValue(), write(after, node, entry.getValue())));
            }
        }
        fleet = after;
    }

    private NodeSpec write(Fleet after, FleetNode node, NodeGoal goal) {
        try {
            return writer.write(after, node, goal);
        } catch (TrustException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String open(String sealed) throws TrustException {
        return Sealed.open(sealed, KEYS.privateKey());
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
