package io.swarmctl.controller.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmctl.controller.cli.Typist;
import io.swarmctl.controller.simulate.SimulatedMachine.Setting;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong says so with its remedy, and ends as docs/troubleshooting.md has it. */
class BadInputTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Setting ALL_WELL = Setting.USUAL;
    private static final long GIB = 1L << 30;

    @TempDir
    static Path directory;

    private static TestFleet fleet;
    private static SomeAgents agents;

    /**
     * One thing that is wrong.
     *
     * @param name as in the documentation, which knows how it ends
     * @param remedy what must be said to do about it
     */
    private record Row(String name, Attempt attempt, String remedy) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** @param outcome an exit code, or a node's state */
    private record Ended(String outcome, String said) {}

    private interface Attempt {
        Ended make() throws Exception;
    }

    @BeforeAll
    static void start() throws Exception {
        fleet = new TestFleet(directory.resolve("fleet"));
        agents = new SomeAgents(directory);
        agents.boot("serial-0", fleet, fleet.enrolmentKey(1), ALL_WELL);
        await().atMost(SOON).until(() -> fleet.fleet().enrolled().size() == 1);
    }

    @AfterAll
    static void stop() throws Exception {
        agents.close();
        fleet.close();
    }

    static List<Row> rows() {
        return List.of(
                new Row("unknown node", () -> types("nodes", "show", "pi-100"), "there is pi-001"),
                new Row("unknown role", () -> types("roles", "assign", "boss", "pi-001"), "roles are: manager, worker"),
                new Row(
                        "malformed fleet file",
                        () -> applies("version: 1\nssh: true\nuser: [\n"),
                        "nothing was changed"),
                new Row(
                        "half-right fleet file",
                        () -> applies("version: 1\nssh: true\napprove: never\n"),
                        "nothing was changed"),
                new Row(
                        "wrong CA fingerprint",
                        BadInputTest::logsInElsewhere,
                        "compare with what the controller prints"),
                new Row("port taken", BadInputTest::startsOnATakenPort, "--https-port"),
                new Row("data directory not writable", () -> starts(unwritable()), "choose another"),
                new Row("second controller on one data directory", BadInputTest::startsTwice, "end it first"),
                new Row(
                        "wrong option for the controller",
                        () -> starts(directory, "--listen", "a b"),
                        "write an address"),
                new Row("not ready in time", () -> types("status", "--wait", "--timeout", "1s"), "not ready"),
                new Row("wrong enrolment key", BadInputTest::knocksWithAWrongKey, "flash the card with an image"),
                new Row("card full", () -> booted(new Setting(GIB, true, List.of("10.0.0.254"))), "use a larger card"),
                new Row(
                        "no default route",
                        () -> booted(new Setting(20 * GIB, false, List.of("10.0.0.254"))),
                        "let the network's DHCP server name a router"),
                new Row(
                        "no name server",
                        () -> booted(new Setting(20 * GIB, true, List.of())),
                        "let the network's DHCP server name one"),
                new Row("clock in 1970", BadInputTest::bootsIn1970, "swarmctl roles assign"),
                new Row(
                        "another fleet's controller on the same network",
                        BadInputTest::hearsAnotherFleet,
                        "passed over"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void saysWhatIsWrongAndWhatToDoAboutIt(Row row) throws Exception {
        Documented documented = Documented.all().get(row.name());
        assertThat(documented)
                .as("docs/troubleshooting.md knows: %s", row.name())
                .isNotNull();

        Ended ended = row.attempt().make();

        assertThat(ended.outcome()).as(ended.said()).isEqualTo(documented.outcome());
        assertThat(ended.said())
                .contains(documented.says())
                .contains(row.remedy())
                .doesNotContain("\tat ");
    }

    @Test
    void nothingIsDocumentedThatIsNotTested() throws IOException {
        assertThat(rows())
                .extracting(Row::name)
                .containsExactlyElementsOf(Documented.all().keySet());
    }

    private static Ended types(String... words) {
        Typist.Result result = new Typist(directory)
                .with("SWARMCTL_DATA_DIRECTORY", fleet.data().toString())
                .types(words);
        return new Ended(String.valueOf(result.exitCode()), result.all());
    }

    private static Ended applies(String yaml) throws IOException {
        Path file = Files.writeString(directory.resolve("fleet.yaml"), yaml);
        Ended ended = types("fleet", "apply", "--yes", "-f", file.toString());
        assertThat(fleet.fleet().policy().ssh()).as("nothing of it is in force").isFalse();
        return ended;
    }

    private static Ended logsInElsewhere() {
        String url = "https://localhost:" + fleet.controller().httpsPort();
        return types("login", url, "--fingerprint", "00".repeat(32));
    }

    private static Ended starts(Path data, String... options) throws Exception {
        ControllerRun.Refused refused = ControllerRun.refused(data, options);
        return new Ended(String.valueOf(refused.exitCode()), refused.said());
    }

    private static Ended startsOnATakenPort() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            return starts(
                    directory.resolve("own"),
                    "--no-mdns",
                    "--gateway-port",
                    "0",
                    "--https-port",
                    String.valueOf(taken.getLocalPort()));
        }
    }

    private static Ended startsTwice() throws Exception {
        Path data = directory.resolve("shared");
        try (DataDirectory first = DataDirectory.open(data)) {
            return starts(first.path(), "--no-mdns");
        }
    }

    /** Root may write everywhere but where there is nothing to write to. */
    private static Path unwritable() throws IOException {
        Path closed = Files.createDirectories(directory.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-x------"));
        return Files.isWritable(closed) ? Path.of("/proc/swarmctl") : closed.resolve("data");
    }

    private static Ended knocksWithAWrongKey() throws Exception {
        try (HeardFrom log = HeardFrom.enrolling()) {
            agents.boot("serial-wrong", fleet, "swk_aaaaaaaa_" + "a".repeat(32), ALL_WELL);
            await().atMost(SOON).until(() -> log.has("127.0.0.1:" + fleet.gatewayPort() + " says"));
            return new Ended(state("serial-wrong"), log.said());
        } finally {
            agents.halt("serial-wrong");
        }
    }

    private static Ended booted(Setting setting) throws Exception {
        String serial = "serial-" + setting.hashCode();
        agents.boot(serial, fleet, fleet.enrolmentKey(1), setting);
        return seen(serial, List.of("blocked", "failed"));
    }

    private static Ended bootsIn1970() throws Exception {
        Duration fast = Duration.between(Instant.EPOCH, Instant.now());
        InstantSource slow = () -> Instant.now().minus(fast);
        agents.boot("serial-1970", fleet.caFile(), List.of(address(fleet)), fleet.enrolmentKey(1), ALL_WELL, slow);
        return seen("serial-1970", List.of("new"));
    }

    private static Ended hearsAnotherFleet() throws Exception {
        TestFleet neighbour = new TestFleet(Files.createDirectories(directory.resolve("neighbour")));
        try (HeardFrom log = HeardFrom.enrolling()) {
            agents.boot(
                    "serial-between",
                    fleet.caFile(),
                    List.of(address(neighbour), address(fleet)),
                    fleet.enrolmentKey(1),
                    ALL_WELL,
                    InstantSource.system());
            Ended ended = seen("serial-between", List.of("new"));
            assertThat(neighbour.fleet().nodes())
                    .as("the neighbour knows nothing of it")
                    .isEmpty();
            return new Ended(ended.outcome(), log.said());
        } finally {
            agents.halt("serial-between");
            neighbour.close();
        }
    }

    private static String address(TestFleet of) {
        return "127.0.0.1:" + of.gatewayPort();
    }

    /** How the node stands once it is in one of those states, as a person sees it. */
    private static Ended seen(String serial, List<String> states) {
        String state = await().atMost(SOON).until(() -> state(serial), states::contains);
        return new Ended(state, types("nodes", "show", serial).said());
    }

    private static String state(String serial) {
        return types("nodes", "list")
                .said()
                .lines()
                .filter(line -> fleet.fleet().node(serial).stream().anyMatch(node -> line.startsWith(node.name())))
                .map(line -> line.split(" +")[2])
                .findFirst()
                .orElse("none");
    }
}
