package io.swarmctl.controller.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.common.wire.Fingerprint;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.Policy;
import io.swarmctl.controller.fleet.Transition;
import io.swarmctl.controller.server.TestFleet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A person with a browser, a real controller, and real agents on simulated boards. */
@EnabledIf("io.swarmctl.controller.web.Chromium#isThere")
class DashboardTest {
    @RegisterExtension
    static final Seat SEAT = new Seat();

    private TestFleet fleet;
    private String url;
    private String token;
    private Page page;

    @BeforeEach
    void sit() throws Exception {
        fleet = SEAT.fleet();
        url = SEAT.url();
        token = SEAT.token();
        page = SEAT.page();
    }

    @Test
    void fromTheLoginToTwoReadyNodesNothingButTheDashboardIsNeeded() throws Exception {
        fleet.change(fleet -> Transition.silent(byAPerson(fleet)));
        CountDownLatch seen = new CountDownLatch(1);
        page.login(url, token).untilShows("No Pi has come yet");
        String key = fleet.enrolmentKey(2);
        fleet.boot("serial-1", key);
        fleet.boot("serial-2", key);

        page.press("Arrivals").untilShows("pi-001").untilShows("pi-002");
        page.untilShows(Fingerprint.of(fleet.node("serial-2").publicJwk()).replaceAll("(.{4})(?=.)", "$1 "));
        page.press("All").untilShows("2 chosen").press("Approve").untilShows("Let 2 nodes in?");
        page.press("Approve").untilShows("Nobody waits");
        page.press("Fleet").untilShows("2 no role");
        fleet.onApply((serial, action) -> hold(seen));

        page.press("Roles").press("Choose pi-001").press("Make manager");
        page.untilShows("Managers now")
                .untilShows("no managers")
                .untilShows("Managers then")
                .untilShows("1 manager");
        page.press("Assign").until("!document.querySelector('dialog')");
        page.press("Choose pi-002").press("Make worker").untilShows("Assign").press("Assign");

        page.press("Fleet").untilShows("working");
        seen.countDown();
        page.untilShows("1 of 1 manager reachable").untilShows("2 ready");
        page.press("pi-002").untilShows("The swarm's view").untilShows("join the swarm as worker");
        page.press("Timeline").untilShows("Who was at what").untilShows("pi-002 is to be worker");
        page.press("Report").untilShows("Join the swarm as worker".substring(1));
        assertThat(fleet.swarms().founded()).isEqualTo(1);
    }

    private static Fleet byAPerson(Fleet fleet) {
        Policy policy = fleet.policy();
        return fleet.with(new Policy(
                policy.user(),
                policy.ssh(),
                Policy.Approval.MANUAL,
                policy.upgrade(),
                policy.docker(),
                policy.swarm(),
                policy.names(),
                policy.auto()));
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await(Seat.LONGEST.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aNodeThatGoesSilentIsNotShownAsHealthy() throws Exception {
        SEAT.ready("serial-1");
        page.login(url, token).untilShows("1 ready");

        fleet.halt("serial-1");

        page.untilShows("1 silent").untilGone("1 ready");
    }

    @Test
    void aControllerThatIsAwaySaysSoAndThePageComesBackByItself() throws Exception {
        SEAT.ready("serial-1");
        page.login(url, token).untilShows("1 ready");

        fleet.stopController();
        page.untilShows("The controller is not heard");
        fleet.startController();

        page.untilGone("The controller is not heard").untilShows("1 ready");
        assertThat(page.shows("Access token")).isFalse();
    }

    @Test
    void theTokenIsKeptNowhereInTheBrowser() {
        page.login(url, token).untilShows("No Pi has come yet");

        assertThat(page.ask("location.href")).isEqualTo(url);
        assertThat(page.ask("localStorage.length + sessionStorage.length")).isEqualTo(0);
        assertThat(page.ask("document.cookie")).isEqualTo("");
        assertThat(page.ask("performance.getEntriesByType('resource').map((e) => e.name).join(' ')"))
                .asString()
                .doesNotContain(token);
        assertThat(page.ask("[...document.querySelectorAll('input')].map((e) => e.value).join()"))
                .asString()
                .doesNotContain(token);
    }

    @Test
    void thePageAsksNoOtherHostForAnything() {
        page.login(url, token).untilShows("No Pi has come yet");

        assertThat(page.ask("performance.getEntriesByType('resource')"
                        + ".filter((e) => !e.name.startsWith(location.origin + '/')).length"))
                .isEqualTo(0);
    }

    @Test
    void whoLogsOutEverywhereIsOutInTheOtherWindowToo() {
        Page other = SEAT.open().login(url, token);
        other.untilShows("No Pi has come yet");
        page.login(url, token).untilShows("No Pi has come yet");

        page.press("admin").press("Log out everywhere");

        page.untilShows("Access token");
        other.untilShows("Access token").untilShows("The session has ended");
    }

    @Test
    void aWrongTokenIsRefusedInWords() {
        page.go(url).type("Access token", "guess").enter();

        page.untilShows("This token is wrong, or has ended; paste the whole line of admin.token");
    }
}
