package io.swarmctl.controller.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmctl.common.wire.Action;
import io.swarmctl.common.wire.DockerSource;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.server.TestFleet;
import io.swarmctl.controller.simulate.SimulatedMachine;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a person does in the browser with nodes and the swarm that they make. */
@EnabledIf("io.swarmctl.controller.web.Chromium#isThere")
class DashboardNodesTest {
    /** Has the page remember the files that it makes. */
    private static final String REMEMBER_FILES = """
            ((make) => URL.createObjectURL = (file) => (file.text().then((text) => window.made = text), make.call(URL, file)))
              (URL.createObjectURL)""";

    @RegisterExtension
    static final Seat SEAT = new Seat();

    private TestFleet fleet;
    private Page page;

    @BeforeEach
    void sit() {
        fleet = SEAT.fleet();
        page = SEAT.page();
    }

    @Test
    void aNodeTellsWhatIsWrongWithItAndThatIsKeptAsAFile() throws Exception {
        SEAT.ready("serial-1");
        SEAT.login().press("pi-001").press("Diagnose").untilShows("answers within a minute");

        page.untilShows("what pi-001 told").untilShows("name servers");
        page.press("kernel log").untilShows("Linux version 6.12.25");
        page.ask(REMEMBER_FILES);
        page.press("Download").until("window.made");

        assertThat(page.ask("window.made"))
                .asString()
                .startsWith("diagnosis of pi-001, ")
                .contains("\n== kernel log ==\n");
        page.press("Hide").press("Show that of").untilShows("what pi-001 told");
        page.press("Hide");
        fleet.halt("serial-1");
        page.untilShows("It is not connected, so it cannot be asked").press("Show that of");
    }

    @Test
    void labelsAreGivenChangedAndTakenAway() throws Exception {
        SEAT.ready("serial-1", "serial-2");
        SEAT.login().press("pi-001").press("Add a label");
        page.type("Key of label 1", "rack").type("Value of rack", "a").press("See what happens");
        page.untilShows("pi-001 is labelled rack=a").press("Label").untilShows("rack=a");

        page.press("Roles").press("All that are shown").press("Label").untilShows("Labels of 2 nodes");
        page.type("Value of rack", "b").press("Another label");
        page.type("Key of label 2", "disk").type("Value of disk", "ssd").press("See what happens");
        page.untilShows("pi-002 is labelled disk=ssd,rack=b").press("Label").until("!document.querySelector('dialog')");
        assertThat(labels()).containsOnly(Map.of("disk", "ssd", "rack", "b"));

        page.press("pi-002").press("Change labels").press("Remove rack").press("See what happens");
        page.untilShows("pi-002 is labelled disk=ssd").press("Label");
        page.until("!document.querySelector('.labels').innerText.includes('rack')");
        assertThat(labels()).containsExactlyInAnyOrder(Map.of("disk", "ssd", "rack", "b"), Map.of("disk", "ssd"));
    }

    @Test
    void nodesAreMeasuredAndModelsStandSideBySide() throws Exception {
        SEAT.ready("serial-1", "serial-2");
        SEAT.login().press("Report").untilShows("No board has been measured yet");

        page.press("Benchmark all 2").untilShows("what runs there is slow meanwhile");
        page.press("Benchmark").untilShows("the latest of 2 nodes").untilShows("15,000");
        page.ask(REMEMBER_FILES);
        page.ask("document.getElementById('benchmarks').closest('section').querySelector('.buttons button').click()");

        assertThat(page.until("window.made").ask("window.made"))
                .asString()
                .contains("Raspberry Pi 3 Model B,false,2,cpu-one,rounds/s,15000");
    }

    private List<Map<String, String>> labels() {
        return fleet.fleet().nodes().values().stream()
                .map(node -> node.marks().labels())
                .toList();
    }

    @Test
    void aNodeInAForeignSwarmIsAdoptedOnceAPersonHasSeenWhatEnds() throws Exception {
        SEAT.ready("serial-1", "serial-2");
        await().atMost(Seat.LONGEST).until(() -> fleet.node("serial-2").report() != null);
        fleet.boot("serial-3", fleet.enrolmentKey(1));
        await().atMost(Seat.LONGEST).until(() -> fleet.fleet().node("serial-3").isPresent());
        fleet.halt("serial-3");
        putInForeignSwarm(fleet.machine("serial-3"));
        fleet.boot("serial-3", "");

        SEAT.login().press("pi-003").untilShows("This swarm is not the fleet's");
        page.press("Adopt it")
                .untilShows("Whatever runs on pi-003 for the other swarm ends")
                .press("Leave it");

        page.untilGone("This swarm is not the fleet's").untilShows("ready, worker");
    }

    private static void putInForeignSwarm(SimulatedMachine machine) throws Exception {
        machine.apply(new Action.LeaveSwarm(machine.facts().swarm().clusterId()), line -> {});
        machine.apply(new Action.InstallDocker(DockerSource.DEBIAN, ""), line -> {});
        machine.apply(new Action.FoundSwarm("another-fleet", 1, "10.0.0.3", List.of(), 24), line -> {});
    }

    @Test
    void aNodeIsRenamedWithItsPreviewSeenFirst() throws Exception {
        SEAT.ready("serial-1");
        SEAT.login().press("pi-001").press("Rename").type("Its name", "attic").press("See what happens");

        page.untilShows("set hostname attic").press("Rename");

        page.until("location.hash === '#/nodes/attic'").untilShows("ready, manager");
    }

    @Test
    void theSwarmIsDeclaredLostOnlyAfterItsNodeWasTyped() throws Exception {
        SEAT.ready("serial-1", "serial-2");
        SEAT.login().untilShows("1 of 1 manager reachable");
        Fleet before = fleet.fleet();

        page.press("Swarm:").untilShows("It works: its managers have a quorum").untilShows("leader");
        page.press("See what recovery means").untilShows("goes on with it, at first as its only manager");
        page.untilShows("Then the swarm is not lost");
        assertThat(page.is("[...document.querySelectorAll('dialog button')].at(-1).disabled"))
                .isTrue();
        page.type(
                        "Type",
                        fleet.node(Objects.requireNonNull(before.swarm().founder()))
                                .name())
                .press("Declare it lost")
                .until("!document.querySelector('dialog')");

        await().atMost(Seat.LONGEST)
                .until(() ->
                        fleet.fleet().swarm().founderEpoch() == before.swarm().founderEpoch() + 1);
        assertThat(fleet.events())
                .anyMatch(event -> event.actor().equals("admin") && event.text().contains("lost"));
    }
}
