package io.swarmctl.controller.cli;

import static io.swarmctl.controller.fleet.ExampleNodes.arrived;
import static io.swarmctl.controller.fleet.ExampleNodes.inSwarm;
import static io.swarmctl.controller.fleet.ExampleNodes.pending;
import static io.swarmctl.controller.fleet.ExampleNodes.reporting;
import static io.swarmctl.controller.fleet.ExampleNodes.withSpec;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.common.trust.Certificates;
import io.swarmctl.common.wire.Fingerprint;
import io.swarmctl.common.wire.Membership;
import io.swarmctl.common.wire.NodeState;
import io.swarmctl.controller.api.Access;
import io.swarmctl.controller.api.TestController;
import io.swarmctl.controller.cli.Typist.Result;
import io.swarmctl.controller.fleet.ExampleNodes;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.LogLine;
import io.swarmctl.controller.fleet.Transition;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Commands against a real API. */
class CommandsTest {
    private static TestController controller;

    @TempDir
    Path home;

    private Typist typist;

    @BeforeAll
    static void start() {
        controller = new TestController(ExampleNodes.fleet(), "localhost");
    }

    @AfterAll
    static void stop() {
        controller.close();
    }

    @BeforeEach
    void logIn() {
        controller
                .fleet()
                .become(fleet -> connected(ExampleNodes.fleet(
                        inSwarm(1, Membership.MANAGER),
                        withSpec(reporting(2, "worker", NodeState.FAILED)),
                        arrived(3),
                        pending(4))));
        typist = new Typist(home);
        Result login = typist.with("SWARMCTL_TOKEN", TestController.TOKENS.get(Access.Level.ADMIN))
                .types("login", controller.url(), "--name", "rack", "--fingerprint", fingerprint());
        assertThat(login.exitCode()).as(login.err()).isZero();
    }

    private static Fleet connected(Fleet fleet) {
        return fleet.withConnected(
                Set.of(arrived(1).id(), arrived(2).id(), arrived(3).id()));
    }

    private static String fingerprint() {
        return Certificates.fingerprint(controller.ca().certificate());
    }

    private static List<FleetNode> nodes() {
        return List.copyOf(controller.fleet().fleet().nodes().values());
    }

    @Test
    void nodesAreATableForPeople() {
        Result list = typist.types("nodes", "list");

        assertThat(list.out().lines().limit(5).map(String::stripTrailing))
                .containsExactly(
                        "NAME     ROLE      STATE     SWARM     MODEL   ADDRESS    SEEN     WHY",
                        "pi-001   manager   ready     manager   3B      10.0.0.7   3s ago",
                        "pi-002   worker    failed    -         3B      10.0.0.7   3s ago   install Docker: dpkg ended with 100",
                        "pi-003   -         new       -         3B      -          never    has no role",
                        "pi-004   -         pending   -         3B      -          never    the enrolment key has expired");
    }

    @Test
    void whoWaitsForApprovalIsListedWithTheReason() {
        anotherCardFor(arrived(1).id());

        assertThat(typist.types("nodes", "list").out()).contains("""

                waiting for approval
                  another card for pi-001, 10s ago: pi-001 is connected, and this card has another key
                  pi-004, 60s ago: the enrolment key has expired
                let in, or send away: swarmctl nodes approve NAME, swarmctl nodes refuse NAME
                """);
        assertThat(typist.types("nodes", "show", "pi-001").out())
                .contains("state       ready: another card waits for approval: pi-001 is connected")
                .contains("other card  waits for approval, 10s ago: pi-001 is connected")
                .contains("at 10.0.0.9, key ");
        assertThat(typist.types("status").out())
                .contains("approval    2 waiting: swarmctl nodes list")
                .contains("swarmctl nodes refuse pi-001");
    }

    @Test
    void whoWaitsIsRefusedOneByOneOrAllAtOnce() {
        anotherCardFor(arrived(1).id());

        assertThat(typist.types("nodes", "refuse", "pi-001").out()).isEqualTo("another card for pi-001 refused\n");
        Result nobody = typist.types("nodes", "refuse", "pi-[004-004]", "pi-001");
        assertThat(nobody.exitCode()).isEqualTo(1);
        assertThat(nobody.out()).isEqualTo("pi-004 refused\n");
        assertThat(nobody.err())
                .contains("nobody waits for approval as pi-001")
                .contains("to shut the node itself out: swarmctl nodes revoke pi-001");
        anotherCardFor(arrived(2).id());
        assertThat(typist.types("nodes", "refuse", "--all").out()).isEqualTo("another card for pi-002 refused\n");
        assertThat(typist.types("nodes", "refuse", "--all").err()).isEqualTo("no node waits for approval\n");
    }

    @Test
    void allIsNotEnoughToPutACardInANodesPlace() {
        anotherCardFor(arrived(1).id());

        assertThat(typist.types("nodes", "approve", "--all").out()).isEqualTo("pi-004 approved\n");
        String key = Fingerprint.of("{\"new\":1}");
        assertThat(typist.types("nodes", "approve", "pi-001", "--key", "0123456789ab")
                        .err())
                .contains("the card with key 0123456789ab does not wait for approval as pi-001");
        assertThat(typist.types("nodes", "show", "pi-001").out()).contains("key " + key);
        assertThat(typist.types("nodes", "approve", "pi-001", "--key", key).out())
                .isEqualTo("pi-001 approved with its new card, in place of the old one\n");
    }

    private static void anotherCardFor(String id) {
        controller
                .fleet()
                .become(fleet -> fleet.with(fleet.node(id)
                        .orElseThrow()
                        .withCandidate(new FleetNode.Candidate(
                                "{\"new\":1}",
                                "pi-001 is connected, and this card has another key",
                                "10.0.0.9",
                                ExampleNodes.NOW.minusSeconds(10),
                                true))));
    }

    @Test
    void nodesAreJsonAndYamlForPrograms() {
        JsonObject json =
                new JsonObject(typist.types("nodes", "list", "-o", "json").out());
        Object yaml = new Load(LoadSettings.builder().build())
                .loadFromString(typist.types("nodes", "list", "-o", "yaml").out());

        assertThat(json.getJsonArray("nodes").getJsonObject(1).getString("state"))
                .isEqualTo("failed");
        assertThat(new JsonObject(new JsonObject(java.util.Map.of("it", yaml)).encode()).getJsonObject("it"))
                .isEqualTo(json);
    }

    @Test
    void aNodeIsShownWithWhatIsWrongAndWhatToDo() {
        assertThat(typist.types("nodes", "show", "pi-002").out())
                .contains("state       failed: install Docker: dpkg ended with 100")
                .contains("do          see its last lines")
                .contains("| Unpacking docker.io");
    }

    @Test
    void aNodeIsShownWithWhatHappenedToIt() throws Exception {
        String id = arrived(2).id();
        controller
                .fleet()
                .change("gateway", fleet -> Transition.of(fleet, id, "pi-002 sent what no agent sends: Map.Clear"))
                .get(5, TimeUnit.SECONDS);

        assertThat(typist.types("nodes", "show", "pi-002").out())
                .contains("what happened")
                .containsPattern("ago +gateway: pi-002 sent what no agent sends: Map\\.Clear");
        assertThat(typist.types("nodes", "show", "pi-001").out()).doesNotContain("Map.Clear");
    }

    @Test
    void aPlanWithChangesIsExitCode3() {
        Result plan = typist.types("nodes", "plan", "pi-002");

        assertThat(plan.exitCode()).isEqualTo(3);
        assertThat(plan.out()).contains("1. ").contains("set hostname pi-002");
    }

    @Test
    void logsBeginWithTheLastLinesAndGoOn() {
        String id = arrived(1).id();
        controller.fleet().appendLog(List.of(line(id, "one"), line(id, "two"), line(id, "three")));

        assertThat(typist.types("nodes", "logs", "pi-001", "-n", "2").out())
                .doesNotContain("one")
                .contains("two")
                .contains("three");
    }

    private static LogLine line(String id, String text) {
        return new LogLine(0, id, ExampleNodes.NOW, "install Docker", text);
    }

    @Test
    void nodesAreRenamedApprovedRevokedAndRemoved() {
        assertThat(typist.types("nodes", "rename", "pi-003", "attic").out())
                .isEqualTo("renamed from pi-003 to attic\n");
        assertThat(typist.types("nodes", "approve", "--all").out()).isEqualTo("pi-004 approved\n");
        assertThat(typist.types("nodes", "approve", "--all").err()).isEqualTo("no node waits for approval\n");
        assertThat(typist.types("nodes", "revoke", "pi-004").out()).isEqualTo("pi-004 revoked\n");
        assertThat(typist.types("nodes", "remove", "pi-004", "attic").out())
                .isEqualTo("pi-004 removed\nattic removed\n");
        assertThat(typist.types("nodes", "remove", "pi-001", "--force").exitCode())
                .isZero();
        assertThat(nodes()).extracting(FleetNode::name).containsExactly("pi-002");
    }

    @Test
    void rolesAreAssignedToRangesAndToAllThatHaveNone() {
        typist.types("nodes", "approve", "pi-[004-004]");
        assertThat(typist.types("roles", "assign", "manager", "pi-[003-004]").err())
                .isEmpty();
        Result even = typist.types("roles", "unassign", "pi-004");
        assertThat(even.err()).contains("warning: 2 managers survive no more failures than 1");
        assertThat(typist.types("roles", "assign", "worker", "--all-unassigned").out())
                .isEqualTo("pi-004 is to be worker\n");
        assertThat(typist.types("roles", "assign", "worker", "pi-004").out()).isEqualTo("nothing to change\n");
        assertThat(typist.types("roles", "list").out()).containsPattern("worker +worker +2 +pi-002 pi-004");
    }

    @Test
    void theStandingRuleIsSetAndEnded() {
        assertThat(typist.types("roles", "auto", "--managers", "3", "--settle", "1m")
                        .exitCode())
                .isZero();
        assertThat(controller.fleet().fleet().policy().auto())
                .isEqualTo(new io.swarmctl.controller.fleet.Policy.Auto(3, 60));
        assertThat(typist.types("roles", "auto", "--off").out()).contains("ended");
    }

    @Test
    void aScriptTakesTheKeyFromTheOutput() {
        Result created = typist.types("enrolment", "create", "--expires", "7d", "--uses", "2");
        String id = created.out().substring(4, 12);

        assertThat(created.out()).matches("swk_[0-9a-z]{8}_[0-9a-z]{32}\n");
        assertThat(created.err()).contains("2 nodes within 7d");
        assertThat(typist.types("enrolment", "list").out()).contains(id).contains("usable");
        assertThat(typist.types("enrolment", "revoke", id).exitCode()).isZero();
        assertThat(new JsonObject(typist.types("enrolment", "create", "-o", "json")
                                .out())
                        .getString("text"))
                .startsWith("swk_");
    }

    @Test
    void aFleetFileIsExportedComparedAndApplied() throws IOException {
        Path file = home.resolve("fleet.yaml");
        Files.writeString(file, typist.types("fleet", "export").out());
        assertThat(typist.types("fleet", "diff", "-f", file.toString()).exitCode())
                .isZero();
        Files.writeString(file, "ssh: true");
        Result diff = typist.types("fleet", "diff", "-f", file.toString());
        assertThat(diff.exitCode()).isEqualTo(3);
        assertThat(diff.out()).isEqualTo("ssh: false -> true\n");
        assertThat(typist.types("fleet", "apply", "-f", file.toString()).exitCode())
                .isEqualTo(2);
        assertThat(typist.types("fleet", "apply", "-f", file.toString(), "--yes")
                        .out())
                .isEqualTo("ssh: false -> true\napplied\n");
        assertThat(typist.types("fleet", "apply", "-f", file.toString()).out()).isEqualTo("nothing to change\n");
        assertThat(typist.piping("ssh: false")
                        .types("fleet", "apply", "-f", "-", "-y")
                        .exitCode())
                .isZero();
    }

    @Test
    void atATerminalApplyAsks() throws IOException {
        Path file = home.resolve("fleet.yaml");
        Files.writeString(file, "ssh: true");

        assertThat(typist.answering("no")
                        .types("fleet", "apply", "-f", file.toString())
                        .exitCode())
                .isEqualTo(1);
        assertThat(controller.fleet().fleet().policy().ssh()).isFalse();
        assertThat(typist.answering("y")
                        .types("fleet", "apply", "-f", file.toString())
                        .exitCode())
                .isZero();
        assertThat(controller.fleet().fleet().policy().ssh()).isTrue();
    }

    @Test
    void aWrongFleetFileSaysLineColumnAndRemedy() throws IOException {
        Path file = home.resolve("fleet.yaml");
        Files.writeString(file, "shh: true");

        assertThat(typist.types("fleet", "diff", "-f", file.toString()).err())
                .contains("line 1, column 1: unknown field (did you mean ssh?)");
    }

    @Test
    void statusSaysHowTheFleetStandsAndWhatToDo() {
        Result status = typist.types("status");

        assertThat(status.exitCode()).isZero();
        assertThat(status.out())
                .contains("controller  " + controller.url() + ", version 1.2.3 (context rack)")
                .contains("4 nodes (")
                .contains("1 of 1 manager reachable")
                .contains("approve it: swarmctl nodes approve pi-004")
                .endsWith("not ready\n");
    }

    @Test
    void waitingEndsWhenTheFleetIsReady() {
        typist.pausing(time -> controller
                .fleet()
                .become(fleet ->
                        connected(ExampleNodes.fleet(inSwarm(1, Membership.MANAGER), inSwarm(2, Membership.WORKER)))));

        Result status = typist.types("status", "--wait", "--nodes", "2");

        assertThat(status.exitCode()).isZero();
        assertThat(status.err().lines()).hasSize(2).last().asString().endsWith("2 of 2 nodes ready");
        assertThat(status.out()).endsWith("ready\n");
    }

    @Test
    void waitingTooLongIsExitCode3() {
        Result status = typist.types("status", "--wait", "--timeout", "2s", "-o", "json");

        assertThat(status.exitCode()).isEqualTo(3);
        assertThat(new JsonObject(status.out()).getBoolean("ready")).isFalse();
        assertThat(status.err()).contains("not ready within 2s");
    }

    @Test
    void watchingPrintsAgainUntilItIsEnded() {
        typist.pausing(new Surroundings.Pause() {
            private int times;

            @Override
            public void pass(java.time.Duration time) throws InterruptedException {
                if (++times == 3) {
                    throw new InterruptedException();
                }
            }
        });

        Result list = typist.types("nodes", "list", "--watch");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(list.out().lines().filter(line -> line.startsWith("NAME"))).hasSize(3);
    }

    @Test
    void versionsAreThoseOfBothSides() {
        assertThat(new JsonObject(typist.types("version", "-o", "json").out()).getString("controller"))
                .isEqualTo("1.2.3");
    }

    @Test
    void theSwarmIsShownWithItsManagersAndWhatItWaitsFor() {
        assertThat(typist.types("swarm", "show").out())
                .contains("state       working")
                .contains("cluster id  " + ExampleNodes.CLUSTER)
                .contains("managers    1 of 1 reachable, with a quorum, as of 3s ago")
                .containsPattern("pi-001 +10.0.0.1 +leader +yes +3s ago");
        controller.fleet().become(fleet -> fleet.withConnected(Set.of()));
        assertThat(typist.types("swarm", "show").out())
                .contains("state       silent, waits for pi-001, of the swarm's managers, to connect;"
                        + " if they are lost for good: swarmctl swarm recover");
    }

    @Test
    void aSwarmIsDeclaredLostAfterItWasSaidWhatThatMeans() {
        Result refused = typist.types("swarm", "recover");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .contains("pi-001 goes on with it, at first as its only manager")
                .contains("nobody can be asked here");
        assertThat(typist.answering("no").types("swarm", "recover").exitCode()).isEqualTo(1);
        assertThat(controller.fleet().fleet().swarm().founderEpoch()).isEqualTo(1);

        assertThat(typist.types("swarm", "recover", "--yes").out())
                .contains("is declared lost")
                .contains("pi-001 is chosen to recover the swarm");
        assertThat(controller.fleet().fleet().swarm().lost()).isEqualTo(ExampleNodes.CLUSTER);
    }

    @Test
    void withoutAManagerTheFounderOfANewSwarmIsNamed() {
        controller.fleet().become(fleet -> fleet.withConnected(Set.of(arrived(2).id())));
        Result nobody = typist.types("swarm", "recover", "--yes");
        assertThat(nobody.exitCode()).isEqualTo(1);
        assertThat(nobody.err())
                .contains("no node with the role of a manager is connected")
                .contains("swarmctl swarm recover --founder NODE");
        Result named = typist.types("swarm", "recover", "--founder", "pi-002", "--yes");
        assertThat(named.err()).contains("pi-002 founds a new swarm").contains("lost: all services");
        assertThat(controller.fleet().fleet().swarm().founder())
                .isEqualTo(arrived(2).id());
        assertThat(typist.types("swarm", "show").out()).contains("state       founding");
    }

    @Test
    void aMistypedNodeSaysWhichWasMeant() {
        Result show = typist.types("nodes", "show", "pi-0O1");

        assertThat(show.exitCode()).isEqualTo(1);
        assertThat(show.err()).isEqualTo("error: there is no node pi-0O1\n  did you mean pi-001?\n");
    }

    @Test
    void theTokenIsNeverPrinted() throws IOException {
        String token = TestController.TOKENS.get(Access.Level.ADMIN);

        for (String[] command : new String[][] {{"status"}, {"context", "list"}, {"nodes", "list", "-o", "json"}}) {
            assertThat(typist.types(command).all()).doesNotContain(token);
        }
        assertThat(Files.getPosixFilePermissions(home.resolve(".config/swarmctl/contexts.json")))
                .containsExactlyInAnyOrder(
                        java.nio.file.attribute.PosixFilePermission.OWNER_READ,
                        java.nio.file.attribute.PosixFilePermission.OWNER_WRITE);
    }
}
