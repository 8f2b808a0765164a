package io.swarmctl.controller.web;

import io.swarmctl.common.wire.Action;
import io.swarmctl.common.wire.DockerFacts;
import io.swarmctl.common.wire.DockerSource;
import io.swarmctl.common.wire.Facts;
import io.swarmctl.common.wire.Failure;
import io.swarmctl.common.wire.Finding;
import io.swarmctl.common.wire.HardwareFacts;
import io.swarmctl.common.wire.HostnameFacts;
import io.swarmctl.common.wire.InterfaceFacts;
import io.swarmctl.common.wire.Membership;
import io.swarmctl.common.wire.MemoryCgroup;
import io.swarmctl.common.wire.NodeState;
import io.swarmctl.common.wire.Outcome;
import io.swarmctl.common.wire.PackageFacts;
import io.swarmctl.common.wire.Report;
import io.swarmctl.common.wire.Running;
import io.swarmctl.common.wire.SshFacts;
import io.swarmctl.common.wire.SwarmFacts;
import io.swarmctl.common.wire.SwarmNode;
import io.swarmctl.common.wire.SwarmState;
import io.swarmctl.common.wire.SystemFacts;
import io.swarmctl.controller.fleet.ActionRun;
import io.swarmctl.controller.fleet.EnrolmentKey;
import io.swarmctl.controller.fleet.ExampleNodes;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetEvent;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.LogLine;
import io.swarmctl.controller.fleet.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A fleet in the middle of its life, in which every state occurs: what the dashboard is looked at with. */
public final class StagedFleet {
    private static final Instant NOW = ExampleNodes.NOW;
    private static final String CLUSTER = ExampleNodes.CLUSTER;
    private static final List<String> TITLES = List.of(
            "set hostname %s",
            "refresh the package index",
            "install Docker",
            "start Docker and enable it at boot",
            "join the swarm as worker");
    private static final int[] SECONDS = {1, 19, 141, 7, 4};

    private final int count;

    public StagedFleet(int count) {
        this.count = count;
    }

    int count() {
        return count;
    }

    /** What a node is about, by its number: of a hundred most are well. */
    private enum Part {
        READY,
        WORKING,
        WAITING,
        FAILED,
        BLOCKED,
        SILENT,
        REBOOTING,
        NEW,
        PENDING,
        CANDIDATE,
        FOREIGN
    }

    private Part part(int number) {
        if (count <= 3) {
            return number == 2 ? Part.WORKING : Part.READY;
        }
        return switch (number % 50) {
            case 12, 13, 14, 27 -> Part.WORKING;
            case 18 -> Part.WAITING;
            case 23 -> Part.FAILED;
            case 31 -> Part.SILENT;
            case 36 -> Part.BLOCKED;
            case 40 -> Part.REBOOTING;
            case 41 -> number < 50 ? Part.FOREIGN : Part.READY;
            case 44 -> Part.NEW;
            case 47 -> Part.PENDING;
            case 48 -> number < 50 ? Part.CANDIDATE : Part.READY;
            default -> Part.READY;
        };
    }

    private int managers() {
        return count <= 3 ? 1 : 3;
    }

    public Fleet fleet() {
        Fleet fleet = ExampleNodes.fleet().with(Policy.initial().withAuto(new Policy.Auto(managers(), 30)));
        Set<String> connected = new TreeSet<>();
        List<FleetNode> nodes =
                IntStream.rangeClosed(1, count).mapToObj(this::node).toList();
        for (int number = 1; number <= count; number++) {
            if (!Set.of(Part.SILENT, Part.REBOOTING, Part.PENDING).contains(part(number))) {
                connected.add(nodes.get(number - 1).id());
            }
        }
        EnrolmentKey key =
                new EnrolmentKey("7h2kq0vz", "hash", NOW.minusSeconds(7_200), NOW.plusSeconds(2_500_000), 12, false);
        EnrolmentKey old =
                new EnrolmentKey("0b9dm4ta", "hash", NOW.minusSeconds(9_000_000), NOW.minusSeconds(60), 3, false);
        return fleet.with(nodes.stream(), node -> node).with(key).with(old).withConnected(connected);
    }

    static String id(int number) {
        return "%016x".formatted(0x10000000765fc593L + number * 7919L);
    }

    static String model(int number) {
        return number % 2 == 0 ? "Raspberry Pi 3 Model B Plus Rev 1.3" : "Raspberry Pi 3 Model B Rev 1.2";
    }

    private static String name(int number) {
        return "pi-%03d".formatted(number);
    }

    private FleetNode node(int number) {
        FleetNode node = FleetNode.arriving(
                new FleetNode.Board(id(number), model(number), 948L << 20, NOW.minusSeconds(5_400 - number)),
                name(number),
                new FleetNode.Standing("{\"n\":" + number + "}", FleetNode.Status.ENROLLED, ""));
        return switch (part(number)) {
            case PENDING -> node.withStatus(FleetNode.Status.PENDING, "the enrolment key has expired");
            case FOREIGN -> inForeignSwarm(node, number);
            case NEW -> node.withReport(report(node, number, NodeState.WAITING, null), NOW.minusSeconds(4));
            case CANDIDATE ->
                heard(node, number)
                        .withCandidate(new FleetNode.Candidate(
                                "{\"n\":0}",
                                node.name() + " is connected with another key",
                                "10.20.0.199",
                                NOW.minusSeconds(140),
                                true));
            default -> heard(node, number);
        };
    }

    private FleetNode inForeignSwarm(FleetNode node, int number) {
        SwarmFacts foreign = new SwarmFacts(
                SwarmState.ACTIVE,
                false,
                "swarm-elsewhere",
                "k3m9x0q7another",
                "",
                0,
                "10.20.0." + number,
                List.of("10.9.0.2:2377"),
                List.of(),
                "");
        return node.withReport(ExampleNodes.report(node, NodeState.WAITING, foreign), NOW.minusSeconds(3));
    }

    private FleetNode heard(FleetNode node, int number) {
        String role = number <= managers() ? "manager" : "worker";
        Part part = part(number);
        NodeState state = switch (part) {
            case WORKING -> NodeState.CONVERGING;
            case WAITING -> NodeState.WAITING;
            case FAILED -> NodeState.FAILED;
            case BLOCKED -> NodeState.BLOCKED;
            case REBOOTING -> NodeState.REBOOTING;
            default -> NodeState.READY;
        };
        int age = part == Part.SILENT ? 1_460 : number % 55;
        return node.with(new FleetNode.Marks(Map.of("rack", number <= 50 ? "a" : "b"), ""))
                .withRole(role)
                .withReport(report(node, number, state, role), NOW.minusSeconds(age));
    }

    private Report report(FleetNode node, int number, NodeState state, @Nullable String role) {
        boolean inSwarm = state == NodeState.READY || state == NodeState.REBOOTING;
        int done = inSwarm ? TITLES.size() : state == NodeState.BLOCKED || role == null ? 0 : 2;
        List<Outcome> outcomes = new ArrayList<>(IntStream.range(0, done)
                .mapToObj(step -> outcome(number, step, null))
                .toList());
        if (state == NodeState.FAILED) {
            outcomes.add(outcome(
                    number,
                    2,
                    new Failure(
                            "Hash Sum mismatch for docker.io", "the mirror is being updated: it tries again", true)));
        }
        List<Action> plan = inSwarm || role == null
                ? List.of()
                : List.of(
                        new Action.InstallDocker(DockerSource.DEBIAN, ""),
                        new Action.StartDocker(),
                        new Action.JoinSwarm(Membership.WORKER, CLUSTER, List.of(), "", ""));
        return new Report(
                node.id(),
                1,
                "0.1.0",
                1,
                1,
                state,
                facts(node, number, inSwarm, "manager".equals(role)),
                plan,
                state == NodeState.BLOCKED
                        ? List.of(new Finding(
                                Finding.Severity.ERROR,
                                "1.2 GB are free on the card, and Docker needs 3 GB",
                                "use a card of 16 GB or more, or delete something there"))
                        : List.of(),
                outcomes,
                state == NodeState.CONVERGING
                        ? new Running(
                                "install Docker",
                                NOW.minusSeconds(44).toEpochMilli(),
                                "Unpacking docker.io (20.10.24+dfsg1-1+deb12u1)")
                        : null,
                state == NodeState.WAITING ? "its turn to join, after pi-017" : "",
                null,
                null);
    }

    private static Outcome outcome(int number, int step, @Nullable Failure failure) {
        return new Outcome(
                TITLES.get(step).formatted(name(number)),
                NOW.minusSeconds(600 - step * 60L).toEpochMilli(),
                millis(number, step),
                List.of(),
                failure);
    }

    /** Plus models are quicker, and no two boards are alike. */
    private static long millis(int number, int step) {
        double spread = 0.85 + (number * 37 % 100) / 250.0 + (number % 29 == 0 ? 0.8 : 0);
        return Math.round(SECONDS[step] * 1_000 * spread * (number % 2 == 0 ? 0.82 : 1));
    }

    private Facts facts(FleetNode node, int number, boolean inSwarm, boolean manager) {
        return new Facts(
                new HardwareFacts(
                        node.id(), node.model(), 948L << 20, number % 41 == 0 ? 0x50000 : 0, 44.0 + number % 19),
                new SystemFacts(
                        "Debian GNU/Linux 12 (bookworm)",
                        "bookworm",
                        "6.12.25+rpt-rpi-v8",
                        "arm64",
                        25L << 30,
                        "b",
                        true),
                new HostnameFacts(node.name(), node.name(), node.name()),
                List.of(),
                new SshFacts(true, false),
                new PackageFacts(false, 60L, 0, "", null, null),
                MemoryCgroup.AVAILABLE,
                new DockerFacts(inSwarm, inSwarm, inSwarm ? "20.10.24+dfsg1" : ""),
                inSwarm ? swarm(number, manager) : SwarmFacts.inactive(),
                List.of(new InterfaceFacts("eth0", "10.20." + number / 250 + "." + (number % 250 + 1), true, true)),
                null,
                List.of("10.20.0.254"));
    }

    private SwarmFacts swarm(int number, boolean manager) {
        return new SwarmFacts(
                SwarmState.ACTIVE,
                manager,
                "swarm-" + name(number),
                CLUSTER,
                manager ? "fleet-1" : "",
                manager ? 1 : 0,
                "10.20.0." + (number % 250 + 1),
                List.of("10.20.0.2:2377"),
                manager ? members() : List.of(),
                "");
    }

    private List<SwarmNode> members() {
        return IntStream.rangeClosed(1, count)
                .filter(number -> Set.of(Part.READY, Part.REBOOTING, Part.SILENT, Part.CANDIDATE)
                        .contains(part(number)))
                .mapToObj(number -> new SwarmNode(
                        "swarm-" + name(number),
                        name(number),
                        number <= managers() ? Membership.MANAGER : Membership.WORKER,
                        part(number) == Part.READY || part(number) == Part.CANDIDATE,
                        true,
                        number <= managers(),
                        number == 1))
                .toList();
    }

    /** The actions of the last minutes, for the Gantt chart and the report. */
    public List<ActionRun> runs() {
        List<ActionRun> runs = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            Part part = part(number);
            int done = Set.of(Part.PENDING, Part.NEW, Part.BLOCKED).contains(part)
                    ? 0
                    : part == Part.WORKING ? 2 : TITLES.size();
            Instant at = NOW.minusSeconds(620).plusSeconds(number * 37L % 90);
            for (int step = 0; step < done; step++) {
                long millis = millis(number, step);
                runs.add(new ActionRun(
                        id(number),
                        model(number),
                        TITLES.get(step).formatted(name(number)),
                        at,
                        millis,
                        part != Part.FAILED || step != 2));
                at = at.plusMillis(millis + 700);
            }
        }
        return runs;
    }

    public List<FleetEvent> events() {
        List<FleetEvent> events = new ArrayList<>();
        events.add(event(
                3_600,
                "admin",
                0,
                "standing rule: " + managers() + (managers() == 1 ? " manager" : " managers")
                        + ", all others workers"));
        for (int number = 1; number <= Math.min(count, 300); number++) {
            events.add(event(1_500 - number, "controller", number, name(number) + " enrolled"));
            events.add(event(
                    1_100 - number,
                    "controller",
                    number,
                    name(number) + " becomes " + (number <= managers() ? "manager" : "worker")
                            + " by the standing rule"));
        }
        events.add(event(500, "ada", 2, "pi-002 is to be worker"));
        events.add(event(240, "controller", 1, "the swarm is founded on pi-001"));
        events.add(event(60, "ada", 3, "pi-003 renamed from attic"));
        events.sort(Comparator.comparing(FleetEvent::at));
        return events;
    }

    private static FleetEvent event(long age, String actor, int number, String text) {
        String id = number == 0 ? null : id(number);
        return new FleetEvent(NOW.minusSeconds(age), actor, id, text);
    }

    /** What the second node prints. */
    public List<LogLine> log() {
        String id = id(2);
        List<LogLine> lines = new ArrayList<>();
        for (int line = 0; line < 60; line++) {
            lines.add(new LogLine(
                    0,
                    id,
                    NOW.minusSeconds(60 - line),
                    "install Docker",
                    line % 3 == 0
                            ? "Get:" + line
                                    + " http://deb.debian.org/debian bookworm/main arm64 containerd arm64 1.6.20~ds1-1+b1 [22.6 MB]"
                            : "Unpacking containerd (1.6.20~ds1-1+b1) ..."));
        }
        return lines;
    }
}
