package io.swarmctl.controller.cli;

import static io.swarmctl.controller.fleet.ExampleNodes.arrived;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.controller.cli.Typist.Result;
import io.swarmctl.controller.fleet.ExampleNodes;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The swarm is shown, and recovered. */
class SwarmTest {
    @RegisterExtension
    final Desk desk = new Desk();

    @Test
    void theSwarmIsShownWithItsManagersAndWhatItWaitsFor() {
        assertThat(desk.typist().types("swarm", "show").out())
                .contains("state       working")
                .contains("cluster id  " + ExampleNodes.CLUSTER)
                .contains("managers    1 of 1 reachable, with a quorum, as of 3 s ago")
                .containsPattern("pi-001 +10.0.0.1 +leader +yes +3 s ago");
        desk.fleet().become(fleet -> fleet.withConnected(Set.of()));
        assertThat(desk.typist().types("swarm", "show").out())
                .contains("state       silent, waits for pi-001, of the swarm's managers, to connect;"
                        + " if they are lost for good: swarmctl swarm recover");
    }

    @Test
    void aSwarmIsDeclaredLostAfterItWasSaidWhatThatMeans() {
        Result refused = desk.typist().types("swarm", "recover");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .contains("pi-001 goes on with it, at first as its only manager")
                .contains("nobody can be asked here");
        assertThat(desk.typist().answering("no").types("swarm", "recover").exitCode())
                .isEqualTo(1);
        assertThat(desk.fleet().fleet().swarm().founderEpoch()).isEqualTo(1);

        assertThat(desk.typist().types("swarm", "recover", "--yes").out())
                .contains("is declared lost")
                .contains("pi-001 is chosen to recover the swarm");
        assertThat(desk.fleet().fleet().swarm().lost()).isEqualTo(ExampleNodes.CLUSTER);
    }

    @Test
    void withoutAManagerTheFounderOfANewSwarmIsNamed() {
        desk.fleet().become(fleet -> fleet.withConnected(Set.of(arrived(2).id())));
        Result nobody = desk.typist().types("swarm", "recover", "--yes");
        assertThat(nobody.exitCode()).isEqualTo(1);
        assertThat(nobody.err())
                .contains("no node with the role of a manager is connected")
                .contains("swarmctl swarm recover --founder NODE");
        Result named = desk.typist().types("swarm", "recover", "--founder", "pi-002", "--yes");
        assertThat(named.err()).contains("pi-002 founds a new swarm").contains("lost: all services");
        assertThat(desk.fleet().fleet().swarm().founder()).isEqualTo(arrived(2).id());
        assertThat(desk.typist().types("swarm", "show").out()).contains("state       founding");
    }
}
