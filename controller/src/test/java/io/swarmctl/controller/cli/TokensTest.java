package io.swarmctl.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.swarmctl.controller.cli.Typist.Result;
import io.swarmctl.controller.fleet.FleetEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Access tokens are made for people and programs, and ended. */
class TokensTest {
    @RegisterExtension
    final Desk desk = new Desk();

    @Test
    void aTokenIsShownOnceAndOpensWhatItsLevelMay() {
        Result created = desk.typist().types("tokens", "create", "ada", "--level", "operator");

        assertThat(created.out()).isEqualTo("token-of-ada\n");
        assertThat(created.err()).startsWith("ada may do what level operator may; shown this once");
        assertThat(desk.typist().types("tokens", "list").out()).isEqualTo("""
                NAME       MAY        CREATED
                ada        operator   60 s ago
                admin      admin      60 s ago
                operator   operator   60 s ago
                viewer     viewer     60 s ago
                """);
        Typist ada = desk.loggedInWith("token-of-ada");
        assertThat(ada.types("roles", "assign", "worker", "pi-003").exitCode()).isZero();
        assertThat(ada.types("tokens", "list").err()).contains("this needs access level admin");
        assertThat(desk.fleet().events(2))
                .extracting(FleetEvent::actor, FleetEvent::text)
                .containsExactly(
                        tuple("ada", "pi-003 is to be worker"),
                        tuple("admin", "access token ada is made, of level operator"));
    }

    @Test
    void aRevokedTokenOpensNothing() {
        desk.typist().types("tokens", "create", "ada");
        Typist ada = desk.loggedInWith("token-of-ada");

        assertThat(desk.typist().types("tokens", "revoke", "ada").out()).isEqualTo("ada revoked\n");

        assertThat(ada.types("status").err()).contains("the token is wrong or has ended");
    }

    @Test
    void browsersAreLoggedOutFromTheCommandLineToo() {
        Result result = desk.typist().types("tokens", "logout");

        assertThat(result.exitCode()).as(result.all()).isZero();
        assertThat(result.out()).isEqualTo("0 browsers logged out\n");
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThat(desk.typist().types("tokens", "create", "viewer").err())
                .contains("there is an access token viewer already");
        assertThat(desk.typist().types("tokens", "revoke", "nobody").err()).contains("there is no access token nobody");
        assertThat(desk.typist().types("tokens", "revoke", "admin").err())
                .contains("that is the token that you use now");
        assertThat(desk.typist().types("tokens", "create", "a b").exitCode()).isEqualTo(1);
    }
}
