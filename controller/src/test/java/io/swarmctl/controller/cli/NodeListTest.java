package io.swarmctl.controller.cli;

import static io.swarmctl.controller.fleet.ExampleNodes.arrived;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.controller.cli.Typist.Result;
import io.swarmctl.controller.fleet.ExampleNodes;
import io.swarmctl.controller.fleet.LogLine;
import io.swarmctl.controller.fleet.Transition;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Nodes are listed and shown. */
class NodeListTest {
    @RegisterExtension
    final Desk desk = new Desk();

    @Test
    void nodesAreATableForPeople() {
        Result list = desk.typist().types("nodes", "list");

        assertThat(list.out().lines().limit(5).map(String::stripTrailing))
                .containsExactly(
                        "NAME     ROLE      STATE     SWARM     MODEL   ADDRESS    SEEN      WHY",
                        "pi-001   manager   ready     manager   3B      10.0.0.7   3 s ago",
                        "pi-002   worker    failed    -         3B      10.0.0.7   3 s ago   install Docker: dpkg ended with 100",
                        "pi-003   -         new       -         3B      -          never     has no role",
                        "pi-004   -         pending   -         3B      -          never     the enrolment key has expired");
    }

    @Test
    void whoWaitsForApprovalIsListedWithTheReason() {
        desk.anotherCardFor(arrived(1).id());

        assertThat(desk.typist().types("nodes", "list").out()).contains("""

                waiting for approval
                  another card for pi-001, 10 s ago: pi-001 is connected, and this card has another key
                  pi-004, 60 s ago: the enrolment key has expired
                let in, or send away: swarmctl nodes approve NAME, swarmctl nodes refuse NAME
                """);
        assertThat(desk.typist().types("nodes", "show", "pi-001").out())
                .contains("state       ready: another card waits for approval: pi-001 is connected")
                .contains("other card  waits for approval, 10 s ago: pi-001 is connected")
                .contains("at 10.0.0.9, key ");
        assertThat(desk.typist().types("status").out())
                .contains("approval    2 waiting: swarmctl nodes list")
                .contains("swarmctl nodes refuse pi-001");
    }

    @Test
    void nodesAreJsonAndYamlForPrograms() {
        JsonObject json = new JsonObject(
                desk.typist().types("nodes", "list", "-o", "json").out());
        Object yaml = new Load(LoadSettings.builder().build())
                .loadFromString(
                        desk.typist().types("nodes", "list", "-o", "yaml").out());

        assertThat(json.getJsonArray("nodes").getJsonObject(1).getString("state"))
                .isEqualTo("failed");
        assertThat(new JsonObject(new JsonObject(Map.of("it", yaml)).encode()).getJsonObject("it"))
                .isEqualTo(json);
    }

    @Test
    void aNodeIsShownWithWhatIsWrongAndWhatToDo() {
        assertThat(desk.typist().types("nodes", "show", "pi-002").out())
                .contains("state       failed: install Docker: dpkg ended with 100")
                .contains("do          see its last lines")
                .contains("| Unpacking docker.io");
    }

    @Test
    void aNodeIsShownWithWhatHappenedToIt() throws Exception {
        String id = arrived(2).id();
        desk.fleet()
                .change("gateway", fleet -> Transition.of(fleet, id, "pi-002 sent what no agent sends: Map.Clear"))
                .get(5, TimeUnit.SECONDS);

        assertThat(desk.typist().types("nodes", "show", "pi-002").out())
                .contains("what happened")
                .containsPattern("ago +gateway: pi-002 sent what no agent sends: Map\\.Clear");
        assertThat(desk.typist().types("nodes", "show", "pi-001").out()).doesNotContain("Map.Clear");
    }

    @Test
    void aPlanWithChangesIsExitCode3() {
        Result plan = desk.typist().types("nodes", "plan", "pi-002");

        assertThat(plan.exitCode()).isEqualTo(3);
        assertThat(plan.out()).contains("1. ").contains("set hostname pi-002");
    }

    @Test
    void logsBeginWithTheLastLinesAndGoOn() {
        String id = arrived(1).id();
        desk.fleet().appendLog(List.of(line(id, "one"), line(id, "two"), line(id, "three")));

        assertThat(desk.typist().types("nodes", "logs", "pi-001", "-n", "2").out())
                .doesNotContain("one")
                .contains("two")
                .contains("three");
    }

    @Test
    void aMistypedNodeSaysWhichWasMeant() {
        Result show = desk.typist().types("nodes", "show", "pi-0O1");

        assertThat(show.exitCode()).isEqualTo(1);
        assertThat(show.err()).isEqualTo("error: there is no node pi-0O1\n  did you mean pi-001?\n");
        assertThat(desk.typist().types("nodes", "show", "pi-500").err())
                .isEqualTo("error: there is no node pi-500\n  there are pi-[001-004]\n");
    }

    @Test
    void watchingPrintsAgainUntilItIsEnded() {
        desk.typist().pausing(new Surroundings.Pause() {
            private int times;

            @Override
            public void pass(Duration time) throws InterruptedException {
                if (++times == 3) {
                    throw new InterruptedException();
                }
            }
        });

        Result list = desk.typist().types("nodes", "list", "--watch");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(list.out().lines().filter(line -> line.startsWith("NAME"))).hasSize(3);
    }

    private static LogLine line(String id, String text) {
        return new LogLine(0, id, ExampleNodes.NOW, "install Docker", text);
    }

    @Test
    void nodesAreSelectedByNameLabelAndState() {
        assertThat(desk.typist()
                        .types("nodes", "label", "pi-[001-002]", "rack=a")
                        .exitCode())
                .isZero();

        assertThat(names("-l", "rack=a")).containsExactly("pi-001", "pi-002");
        assertThat(names("-l", "rack=a,role=worker")).containsExactly("pi-002");
        assertThat(names("--state", "failed,new")).containsExactly("pi-002", "pi-003");
        assertThat(names("pi-[002-004]", "-l", "model=3b", "--state", "pending"))
                .containsExactly("pi-004");
        assertThat(new JsonObject(desk.typist()
                                .types("nodes", "list", "--state", "new", "-o", "json")
                                .out())
                        .getJsonArray("nodes"))
                .hasSize(1);
    }

    private List<String> names(String... selection) {
        List<String> words = new ArrayList<>(List.of("nodes", "list", "-o", "name"));
        words.addAll(List.of(selection));
        return desk.typist().types(words.toArray(new String[0])).out().lines().toList();
    }

    @Test
    void whatSelectsNothingIsNoErrorInAList() {
        Result list = desk.typist().types("nodes", "list", "--state", "silent");

        assertThat(list.exitCode()).isZero();
        assertThat(list.out()).isEmpty();
        assertThat(list.err()).isEqualTo("none of 4 nodes\n");
    }

    @Test
    void csvHasAllColumnsWithTheirValues() {
        assertThat(desk.typist()
                        .types("nodes", "list", "pi-002", "-o", "csv")
                        .out()
                        .lines())
                .containsExactly(
                        "name,role,state,swarm,model,address,seen,id,memory,agent,to_do,labels,why",
                        "pi-002,worker,failed,,Raspberry Pi 3 Model B Rev 1.2,10.0.0.7,3,"
                                + arrived(2).id() + ",994050048,0.1.0,2,,install Docker: dpkg ended with 100");
    }

    @Test
    void whatIsNoListHasNoCsv() {
        Result show = desk.typist().types("swarm", "show", "-o", "csv");

        assertThat(show.exitCode()).isEqualTo(2);
        assertThat(show.err()).isEqualTo("error: this has no form 'csv'\n  use -o table, json or yaml\n");
    }
}
