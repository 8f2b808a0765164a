package io.swarmctl.controller.fleet;

import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.trust.Sealed;
import io.swarmctl.common.trust.TrustException;
import io.swarmctl.common.wire.Fingerprint;
import io.swarmctl.common.wire.JoinTokens;
import io.swarmctl.common.wire.NodeSpec;
import io.swarmctl.common.wire.SwarmSpec;
import io.swarmctl.common.wire.SwarmTarget;
import io.swarmctl.common.wire.UserSpec;
import io.swarmctl.controller.fleet.NodeGoal.SwarmGoal;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Writes specs from goals: seals to each node the secrets that its goal only has fingerprints of. */
public final class SpecWriter {
    /** Accounts that images come with. */
    private static final List<String> DEFAULT_ACCOUNTS = List.of("pi");

    private static final String LEFT_OUT = "";

    private final String controllerJwk;

    /** @param controllerJwk the public key to which nodes seal what only the controller may read */
    public SpecWriter(String controllerJwk) {
        this.controllerJwk = controllerJwk;
    }

    /**
     * The node's next spec.
     *
     * @throws TrustException when the node's key is none that something can be sealed to
     */
    public NodeSpec write(Fleet fleet, FleetNode node, NodeGoal goal) throws TrustException {
        ECPublicKey reader = EcKeys.fromJwk(node.publicJwk());
        return spec(fleet, node, goal, secret -> Sealed.seal(secret, reader), controllerJwk);
    }

    /** The same without its secrets: nobody can follow it, and the node planner plans for it as for the real one. */
    static NodeSpec outline(Fleet fleet, FleetNode node, NodeGoal goal) {
        return spec(fleet, node, goal, secret -> LEFT_OUT, LEFT_OUT);
    }

    private static NodeSpec spec(
            Fleet fleet, FleetNode node, NodeGoal goal, UnaryOperator<String> seal, String controllerJwk) {
        return new NodeSpec(
                node.id(),
                goal.epoch(),
                generation(node, goal.epoch()),
                goal.name(),
                goal.role(),
                user(fleet.policy().user(), seal),
                DEFAULT_ACCOUNTS,
                goal.ssh(),
                goal.upgrade(),
                goal.docker(),
                new SwarmSpec(
                        fleet.id(),
                        goal.ownClusterIds(),
                        goal.origin(),
                        goal.advertiseInterface(),
                        target(goal.swarm(), fleet.swarm().tokens(), seal)),
                controllerJwk,
                goal.asks());
    }

    private static long generation(FleetNode node, long epoch) {
        NodeSpec last = node.spec();
        return last != null && last.epoch() == epoch ? last.generation() + 1 : 1;
    }

    private static @Nullable UserSpec user(Policy.@Nullable User user, UnaryOperator<String> seal) {
        return user == null
                ? null
                : new UserSpec(
                        user.name(),
                        seal.apply(user.passwordHash()),
                        Fingerprint.of(user.passwordHash()),
                        user.sshKeys());
    }

    private static SwarmTarget target(SwarmGoal goal, @Nullable JoinTokens tokens, UnaryOperator<String> seal) {
        if (goal instanceof SwarmGoal.Hold hold) {
            return new SwarmTarget.Hold(hold.reason());
        } else if (goal instanceof SwarmGoal.Found found) {
            return new SwarmTarget.Found(found.founderEpoch(), found.addressPools(), found.subnetSize());
        } else if (goal instanceof SwarmGoal.Recover recover) {
            return new SwarmTarget.Recover(recover.founderEpoch(), recover.clusterId());
        } else if (goal instanceof SwarmGoal.Join join) {
            String token = Objects.requireNonNull(tokens, "joins are planned when there are tokens")
                    .of(join.membership());
            return new SwarmTarget.Join(join.membership(), join.clusterId(), join.managers(), seal.apply(token));
        } else if (goal instanceof SwarmGoal.Member member) {
            return new SwarmTarget.Member(member.membership(), member.clusterId(), member.chores());
        }
        return new SwarmTarget.Outside();
    }
}
