package io.swarmctl.controller.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.controller.fleet.Policy;
import io.swarmctl.controller.fleet.PolicyCommands;
import io.swarmctl.controller.server.TestFleet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a person sets in the browser: keys, tokens and the policy. */
@EnabledIf("io.swarmctl.controller.web.Chromium#isThere")
class DashboardSettingsTest {
    private static final String SECRET = "document.querySelector('dialog code').textContent";

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
    void anEnrolmentKeyIsShownOnceAndLetsANodeIn() throws Exception {
        SEAT.login().press("Settings").untilShows("There is none yet").press("Make a key");
        page.type("How many nodes", "2").choose("How long", "7 days").press("Make it");
        page.untilShows("This is shown once").untilShows("It lets 2 nodes in, for 7 d");
        String key = page.ask(SECRET).toString();

        page.press("Close").untilShows("usable");
        assertThat(page.ask("document.documentElement.outerHTML + location.href + JSON.stringify(localStorage)"))
                .asString()
                .doesNotContain(key);
        fleet.boot("serial-1", key);
        page.press("Fleet").untilShows("1 no role");

        page.press("Settings").press("Revoke key").untilShows("Nodes that it let in stay in");
        page.press("Revoke").untilShows("revoked");
    }

    @Test
    void aTokenOpensWhatItsLevelMayUntilItIsRevoked() throws Exception {
        SEAT.ready("serial-1");
        SEAT.login()
                .press("Settings")
                .press("Make a token")
                .type("Whose it is", "ada")
                .press("viewer")
                .press("Make it");
        page.untilShows("It logs in at level viewer");
        String token = page.ask(SECRET).toString();
        page.press("Close").untilShows("ada");

        Page ada = SEAT.open().login(SEAT.url(), token).untilShows("1 ready");
        ada.press("Settings")
                .untilShows("need access level admin")
                .until("document.querySelector('textarea').readOnly");
        ada.press("Fleet").press("pi-001").untilShows("The swarm's view");
        assertThat(ada.shows("Diagnos")).isFalse();
        assertThat(ada.shows("Enrolment keys")).isFalse();

        page.press("Revoke token ada")
                .untilShows("every browser that was logged in with it")
                .press("Revoke");
        page.untilGone("ada");
        ada.untilShows("The session has ended");
    }

    @Test
    void thePolicyIsChangedOnceItsDifferenceWasSeen() throws Exception {
        SEAT.login().press("Settings").until("document.querySelector('textarea').value.includes('ssh: false')");
        assertThat(fleet.fleet().policy().ssh()).isFalse();
        String policy = page.ask("document.querySelector('textarea').value").toString();

        page.type("The policy", policy.replace("ssh: false", "ssh: perhaps"));
        page.press("See what changes").untilShows("This is no policy yet").press("line ");
        assertThat(page.ask("getSelection().toString()")).isEqualTo("ssh: perhaps");

        page.type("The policy", policy.replace("ssh: false", "ssh: true"));
        page.press("Fleet").untilShows("Leave without applying?").press("Stay");
        page.press("See what changes").untilShows("Put this policy in force?").untilShows("ssh: false -> true");
        page.press("Apply").untilShows("Applied. Nodes follow by themselves.");

        assertThat(fleet.fleet().policy().ssh()).isTrue();
        page.press("Fleet").untilShows("No Pi has come yet");
    }

    @Test
    void thePackageCacheIsThereUntilThePolicyTurnsItOff() throws Exception {
        SEAT.login()
                .press("Settings")
                .untilShows("Each comes once from the internet")
                .untilShows("0 files, 0 MB of");
        fleet.change(current -> PolicyCommands.apply(
                current, current.policy().withPackageCache(new Policy.PackageCache(false, 1, List.of()))));
        page.untilShows("Off by the policy: every node fetches its own.");
    }

    @Test
    void whoLeavesWithoutApplyingChangesNothing() throws Exception {
        SEAT.login().press("Settings").until("document.querySelector('textarea').value");
        page.type("The policy", "version: 1").press("Roles").press("Leave");

        page.untilShows("No node to give a role to");
        page.press("Settings").until("document.querySelector('textarea').value.includes('ssh:')");
    }
}
