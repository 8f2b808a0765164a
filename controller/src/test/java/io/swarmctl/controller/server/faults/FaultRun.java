package io.swarmctl.controller.server.faults;

import io.swarmctl.common.wire.NodeState;
import io.swarmctl.common.wire.Report;
import io.swarmctl.common.wire.SwarmFacts;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.Policy;
import io.swarmctl.controller.fleet.Transition;
import io.swarmctl.controller.server.TestFleet;
import io.swarmctl.controller.server.faults.Cable.State;
import io.swarmctl.controller.server.faults.Fault.AgentKilled;
import io.swarmctl.controller.server.faults.Fault.Boot;
import io.swarmctl.controller.server.faults.Fault.BusFlaps;
import io.swarmctl.controller.server.faults.Fault.ControllerKilled;
import io.swarmctl.controller.server.faults.Fault.LinkCut;
import io.swarmctl.controller.server.faults.Fault.PowerCut;
import io.swarmctl.controller.server.faults.Fault.Reflashed;
import io.swarmctl.controller.server.faults.Fault.RoleWanted;
import io.swarmctl.controller.server.faults.Fault.Slow;
import io.swarmctl.controller.server.faults.Fault.WorkFails;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** Lets a schedule happen to a real controller with real agents, and looks on. One thread does all of it. */
final class FaultRun {
    private static final Duration LOOK_EVERY = Duration.ofMillis(60);
    private static final Duration CONVERGES_WITHIN = Duration.ofMinutes(2);
    private static final int FLAP_MILLIS = 250;

    private final FaultSchedule schedule;
    private final TestFleet fleet;
    private final List<SimulatedBoard> boards = new ArrayList<>();
    private final Person person = new Person();
    private final FaultWatch watch;
    private final Map<String, String> byRule = new HashMap<>();
    private final List<String> log = new ArrayList<>();
    private final PriorityQueue<Step> steps = new PriorityQueue<>(Comparator.comparingLong(Step::at));
    private final long begun;
    private boolean controllerRuns = true;

    /** Something to do at that many milliseconds from the beginning. */
    private record Step(long at, Deed deed) {}

    private interface Deed {
        void happen() throws Exception;
    }

    FaultRun(FaultSchedule schedule, Path directory) throws Exception {
        this.schedule = schedule;
        this.fleet = new TestFleet(directory);
        this.watch = new FaultWatch(fleet.swarms());
        String key = fleet.enrolmentKey(schedule.boards() * 3);
        for (int number = 0; number < schedule.boards(); number++) {
            boards.add(new SimulatedBoard(fleet, directory, number, key, schedule.seed()));
        }
        if (schedule.byRule()) {
            Policy.Auto rule = new Policy.Auto(schedule.managers(), 1);
            fleet.change(
                    current -> Transition.silent(current.with(current.policy().withAuto(rule))));
        }
        this.begun = System.nanoTime();
    }

    /** What went wrong; empty when all went well. */
    List<String> run() throws Exception {
        schedule.faults().forEach(this::plan);
        while (!steps.isEmpty() && watch.wrong().isEmpty()) {
            while (!steps.isEmpty() && steps.peek().at() <= millis()) {
                steps.poll().deed().happen();
            }
            look();
        }
        log.add(millis() + " ms: no more faults");
        long deadline = millis() + CONVERGES_WITHIN.toMillis();
        while (watch.wrong().isEmpty() && !hasConverged()) {
            if (millis() > deadline) {
                watch.note("not as it should be " + CONVERGES_WITHIN.toSeconds() + " s after the last fault");
            }
            look();
        }
        log.add(millis() + " ms: " + (watch.wrong().isEmpty() ? "as it should be" : "went wrong"));
        return watch.wrong();
    }

    long millis() {
        return (System.nanoTime() - begun) / 1_000_000;
    }

    /** All that a person needs to see what happened. */
    String story() {
        StringBuilder text = new StringBuilder(schedule.toString());
        text.append("what happened:\n");
        log.forEach(line -> text.append("  ").append(line).append('\n'));
        Fleet now = fleet.fleet();
        text.append(now.swarm()).append('\n');
        for (FleetNode node : now.nodes().values()) {
            Report report = node.report();
            text.append(node.name() + " " + node.id() + " " + node.status() + " role " + node.role() + " connected "
                    + now.isConnected(node) + "\n  goal "
                    + (node.goal() == null ? null : node.goal().swarm())
                    + "\n  report "
                    + (report == null
                            ? null
                            : report.number() + " " + report.epoch() + "." + report.generation() + " " + report.state()
                                    + " " + report.waitingFor() + " " + report.plan() + report.findings()
                                    + report.facts().swarm())
                    + "\n  outcomes " + (report == null ? null : report.outcomes()) + '\n');
        }
        text.append("entries: ")
                .append(fleet.swarms().entries(String.valueOf(now.swarm().clusterId())));
        return text.toString();
    }

    private void look() throws InterruptedException {
        watch.look(boards);
        if (controllerRuns) {
            person.check(fleet.controller().loop(), watch);
            watch.look(fleet.fleet());
            if (schedule.byRule()) {
                keepsToTheRule();
            } else {
                person.ask(fleet.controller().loop());
            }
        }
        Thread.sleep(LOOK_EVERY.toMillis());
    }

    /** A role that the rule has given and the store has kept is as good as acknowledged. */
    private void keepsToTheRule() {
        for (SimulatedBoard board : boards) {
            String role = Person.role(fleet.fleet(), board.serial());
            String before = byRule.put(board.serial(), role);
            if (before != null && !before.equals("none") && !before.equals(role)) {
                watch.note(board.serial() + " had become " + before + " and is " + role);
            }
        }
    }

    private boolean hasConverged() {
        Fleet now = fleet.fleet();
        String clusterId = now.swarm().clusterId();
        List<String> members = now.enrolled().stream()
                .filter(node -> node.role() != null)
                .map(FleetNode::name)
                .sorted()
                .toList();
        return clusterId != null
                && now.enrolled().size() == schedule.boards()
                && now.swarm().farewells().isEmpty()
                && now.enrolled().stream().allMatch(node -> isRight(now, node, clusterId))
                && members.equals(
                        fleet.swarms().entries(clusterId).stream().sorted().toList());
    }

    private boolean isRight(Fleet now, FleetNode node, String clusterId) {
        Report report = node.report();
        String wanted = person.wanted().get(node.id());
        if (report == null || node.spec() == null || !now.isConnected(node)) {
            return false;
        }
        boolean hasRole = schedule.byRule()
                ? node.role() != null
                : Person.role(now, node.id()).equals(wanted);
        SwarmFacts swarm = report.facts().swarm();
        boolean stands = node.role() == null
                ? !swarm.isIn(clusterId)
                : swarm.isIn(clusterId) && swarm.manager() == node.role().equals("manager");
        return hasRole
                && stands
                && report.state() == NodeState.READY
                && report.generation() == node.spec().generation();
    }

    private void at(long at, String what, Deed deed) {
        steps.add(new Step(at, () -> {
            log.add(millis() + " ms: " + what);
            deed.happen();
        }));
    }

    private void plan(Fault fault) {
        if (fault instanceof ControllerKilled killed) {
            at(killed.at(), "controller killed", this::killController);
            at(killed.at() + killed.millis(), "controller starts", this::startController);
        } else if (fault instanceof RoleWanted wanted) {
            String serial = boards.get(wanted.board()).serial();
            at(wanted.at(), serial + " is to be " + wanted.role(), () -> person.want(serial, wanted.role()));
        } else if (fault instanceof Fault.OfBoard ofBoard) {
            plan(ofBoard, boards.get(ofBoard.board()));
        }
    }

    private void plan(Fault.OfBoard fault, SimulatedBoard board) {
        String serial = board.serial();
        if (fault instanceof Boot boot) {
            at(boot.at(), serial + " boots", board::back);
        } else if (fault instanceof AgentKilled killed) {
            at(killed.at(), serial + ": agent killed", board::kill);
            at(killed.at() + killed.millis(), serial + ": agent back", board::back);
        } else if (fault instanceof PowerCut cut) {
            at(cut.at(), serial + ": power cut", () -> powerOff(board));
            at(cut.at() + cut.millis(), serial + ": power back", () -> powerOn(board));
        } else if (fault instanceof LinkCut cut) {
            at(cut.at(), serial + ": link cut, " + cut.how(), () -> cut(board, cut.how()));
            at(cut.at() + cut.millis(), serial + ": link back", board::back);
        } else if (fault instanceof BusFlaps flaps) {
            for (int i = 0; i < flaps.times(); i++) {
                at(flaps.at() + (long) i * FLAP_MILLIS, serial + ": connections dropped", board.cable()::drop);
            }
        } else if (fault instanceof WorkFails fails) {
            at(
                    fails.at(),
                    serial + ": " + fails.program() + " fails",
                    () -> board.work().breaks(fails.program()::does));
            at(
                    fails.at() + fails.millis(),
                    serial + ": all works",
                    () -> board.work().breaks(action -> false));
        } else if (fault instanceof Slow slow) {
            at(slow.at(), serial + ": slow", () -> board.work().slow(slow.times()));
            at(
                    slow.at() + slow.millis(),
                    serial + ": as fast as ever",
                    () -> board.work().slow(1));
        } else if (fault instanceof Reflashed reflashed) {
            at(reflashed.at(), serial + ": taken out to be flashed anew", () -> reflash(board, reflashed.millis()));
        }
    }

    private static void powerOff(SimulatedBoard board) throws InterruptedException {
        board.machine().reachable(false);
        board.kill();
    }

    private static void powerOn(SimulatedBoard board) {
        if (!board.isRunning()) {
            board.machine().reboot();
        }
        board.back();
    }

    private static void cut(SimulatedBoard board, State how) {
        board.cable().set(how);
        board.machine().reachable(false);
    }

    /** Unless the swarm would lose its majority by it: that is a disaster, not a fault. */
    private void reflash(SimulatedBoard board, long millis) throws Exception {
        boolean manages = board.machine().facts().swarm().manager()
                || "manager".equals(person.wanted().get(board.serial()));
        if (manages && !canSpare(board)) {
            log.add(millis() + " ms: ... and put back as it was");
            return;
        }
        powerOff(board);
        board.newCard();
        person.expectNewCard(fleet.fleet(), board.serial());
        at(millis() + millis, board.serial() + " boots from its new card", board::back);
    }

    private boolean canSpare(SimulatedBoard board) {
        long managers = boards.stream()
                .filter(other -> other != board && other.isRunning())
                .filter(other -> other.machine().facts().swarm().manager())
                .count();
        return managers >= 2;
    }

    private void killController() throws Exception {
        if (controllerRuns) {
            controllerRuns = false;
            boards.forEach(board -> board.cable().set(State.REFUSING));
            fleet.killController();
            person.loseAnswers();
        }
    }

    private void startController() throws Exception {
        if (!controllerRuns) {
            fleet.startController();
            controllerRuns = true;
            boards.stream()
                    .filter(SimulatedBoard::isRunning)
                    .forEach(board -> board.cable().set(State.IN));
        }
    }

    /** Ends everything, whatever it is at. */
    void end() throws Exception {
        for (SimulatedBoard board : boards) {
            board.end();
        }
        if (controllerRuns) {
            fleet.stopController();
        }
    }
}
