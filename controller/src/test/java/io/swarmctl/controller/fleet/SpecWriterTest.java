package io.swarmctl.controller.fleet;

import static io.swarmctl.controller.fleet.ExampleNodes.CLUSTER;
import static io.swarmctl.controller.fleet.ExampleNodes.arrived;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.trust.Sealed;
import io.swarmctl.common.trust.TrustException;
import io.swarmctl.common.wire.JoinTokens;
import io.swarmctl.common.wire.Membership;
import io.swarmctl.common.wire.NodeSpec;
import io.swarmctl.common.wire.SwarmOrigin;
import io.swarmctl.common.wire.SwarmTarget;
import io.swarmctl.common.wire.WireJson;
import io.swarmctl.controller.fleet.NodeGoal.SwarmGoal;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpecWriterTest {
    private static final String HASH = "$6$salt$hash";
    private static final EcKeys NODE_KEYS = EcKeys.generate();

    private final SpecWriter writer = new SpecWriter(EcKeys.generate().publicJwk());
    private final FleetNode node = arrived(1).withKey(NODE_KEYS.publicJwk());
    private final Fleet fleet = withUser(ExampleNodes.fleet(node))
            .with(ExampleNodes.fleet().swarm().withTokens(new JoinTokens(CLUSTER, "SWMTKN-m", "SWMTKN-w")));

    @Test
    void secretsAreReadableByTheNodeOnly() throws Exception {
        NodeSpec spec = writer.write(fleet, node, goal(1, join(Membership.WORKER)));

        assertThat(WireJson.write(spec, NodeSpec.class)).doesNotContain(HASH, "SWMTKN");
        assertThat(open(spec.user().sealedPasswordHash())).isEqualTo(HASH);
        assertThat(open(((SwarmTarget.Join) spec.swarm().target()).sealedToken()))
                .isEqualTo("SWMTKN-w");
    }

    @Test
    void aManagerGetsTheManagersToken() throws Exception {
        NodeSpec spec = writer.write(fleet, node, goal(1, join(Membership.MANAGER)));
        assertThat(open(((SwarmTarget.Join) spec.swarm().target()).sealedToken()))
                .isEqualTo("SWMTKN-m");
    }

    @Test
    void everySpecIsOfALaterGeneration() throws Exception {
        NodeGoal first = goal(1, new SwarmGoal.Outside());
        FleetNode current = node.withSpec(first, writer.write(fleet, node, first));
        for (int turn = 1; turn <= 3; turn++) {
            NodeGoal goal = goal(1, new SwarmGoal.Hold("turn " + turn));
            NodeSpec spec = writer.write(fleet, current, goal);
            assertThat(spec.epoch()).isEqualTo(1);
            assertThat(spec.generation()).isEqualTo(current.spec().generation() + 1);
            current = current.withSpec(goal, spec);
        }
    }

    @Test
    void aNewEpochBeginsWithItsFirstGenerationAndIsNewer() throws Exception {
        NodeGoal first = goal(1, new SwarmGoal.Outside());
        NodeSpec before = writer.write(fleet, node.withSpec(first, writer.write(fleet, node, first)), first);
        NodeSpec after = writer.write(fleet, node.withSpec(first, before), goal(2, new SwarmGoal.Outside()));
        assertThat(after.generation()).isEqualTo(1);
        assertThat(after.isNewerThan(before)).isTrue();
    }

    @Test
    void aReflashedBoardsSpecsGoOnWhereTheOldOnesEnded() throws Exception {
        NodeGoal goal = goal(1, new SwarmGoal.Outside());
        NodeSpec last = writer.write(fleet, node, goal);
        FleetNode reflashed = node.withSpec(goal, last).withKey(NODE_KEYS.publicJwk());
        assertThat(writer.write(fleet, reflashed, goal).generation()).isEqualTo(last.generation() + 1);
    }

    @Test
    void toAKeyThatIsNoneNothingIsSealed() {
        assertThatThrownBy(() -> writer.write(fleet, arrived(1), goal(1, join(Membership.WORKER))))
                .isInstanceOf(TrustException.class);
    }

    private NodeGoal goal(long epoch, SwarmGoal swarm) {
        Policy policy = fleet.policy();
        return new NodeGoal(
                epoch,
                "key",
                "pi-001",
                "worker",
                "operator",
                "fingerprint",
                List.of(),
                false,
                policy.upgrade(),
                policy.docker(),
                List.of(CLUSTER),
                SwarmOrigin.NONE,
                null,
                swarm);
    }

    private static SwarmGoal join(Membership membership) {
        return new SwarmGoal.Join(membership, CLUSTER, List.of("10.0.0.1:2377"), "token");
    }

    private static Fleet withUser(Fleet fleet) {
        Policy policy = fleet.policy();
        return fleet.with(new Policy(
                new Policy.User("operator", HASH, List.of()),
                policy.ssh(),
                policy.approval(),
                policy.upgrade(),
                policy.docker(),
                policy.swarm(),
                policy.names(),
                policy.auto()));
    }

    private static String open(String sealed) throws TrustException {
        return Sealed.open(sealed, NODE_KEYS.privateKey());
    }
}
