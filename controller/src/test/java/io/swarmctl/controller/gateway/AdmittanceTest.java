package io.swarmctl.controller.gateway;

import static io.swarmctl.controller.fleet.ExampleNodes.NOW;
import static io.swarmctl.controller.fleet.ExampleNodes.arrived;
import static io.swarmctl.controller.fleet.ExampleNodes.fleet;
import static io.swarmctl.controller.fleet.ExampleNodes.pending;
import static io.swarmctl.controller.fleet.ExampleNodes.reporting;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.common.wire.NodeState;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.FleetNode.Standing;
import io.swarmctl.controller.fleet.FleetNode.Status;
import org.junit.jupiter.api.Test;

class AdmittanceTest {
    private final Fleet fleet = fleet(arrived(1), arrived(2), arrived(3));

    @Test
    void reportsAndRolesShutNobodyOut() {
        FleetNode busy = reporting(2, "worker", NodeState.READY);
        assertThat(Admittance.isNarrower(fleet, fleet.with(busy))).isFalse();
    }

    @Test
    void whoComesShutsNobodyOut() {
        assertThat(Admittance.isNarrower(fleet(arrived(2), arrived(3)), fleet)).isFalse();
        assertThat(Admittance.isNarrower(fleet, fleet.with(arrived(4)))).isFalse();
        assertThat(Admittance.isNarrower(fleet(arrived(1), pending(2)), fleet(arrived(1), arrived(2))))
                .isFalse();
    }

    @Test
    void whoIsRevokedOrForgottenIsShutOut() {
        assertThat(Admittance.isNarrower(fleet, fleet.with(arrived(3).withStatus(Status.REVOKED, "lost"))))
                .isTrue();
        assertThat(Admittance.isNarrower(fleet, fleet(arrived(1), arrived(2)))).isTrue();
        assertThat(Admittance.isNarrower(fleet, fleet(arrived(2), arrived(3), arrived(4))))
                .isTrue();
    }

    @Test
    void whoHasAnotherKeyIsShutOutWithTheOldOne() {
        FleetNode node = arrived(2);
        FleetNode replaced =
                FleetNode.arriving(node.board(), node.name(), new Standing("{\"kty\":\"EC\"}", Status.ENROLLED, ""));
        assertThat(Admittance.isNarrower(fleet, fleet.with(replaced))).isTrue();
    }

    @Test
    void whoIsToBeRemovedStaysUntilItIs() {
        FleetNode leaving = arrived(2).withStatus(Status.REMOVING, "since " + NOW);
        assertThat(Admittance.isNarrower(fleet, fleet.with(leaving))).isFalse();
    }
}
