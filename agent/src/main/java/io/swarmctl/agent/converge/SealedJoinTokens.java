package io.swarmctl.agent.converge;

import io.swarmctl.agent.machine.Machine;
import io.swarmctl.agent.machine.MachineException;
import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.trust.Sealed;
import io.swarmctl.common.trust.TrustException;
import io.swarmctl.common.wire.Facts;
import io.swarmctl.common.wire.JoinTokens;
import io.swarmctl.common.wire.NodeSpec;
import io.swarmctl.common.wire.SwarmState;
import io.swarmctl.common.wire.WireJson;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A manager's join tokens of this fleet's swarm, sealed to the controller. Sealed once for as long as they stay the same. */
public final class SealedJoinTokens implements Reporter.TokenSeal {
    private static final Logger LOG = LoggerFactory.getLogger(SealedJoinTokens.class);

    private final Machine machine;
    private @Nullable JoinTokens sealedTokens;
    private String sealedTo = "";
    private @Nullable String sealed;

    public SealedJoinTokens(Machine machine) {
        this.machine = machine;
    }

    @Override
    public @Nullable String seal(NodeSpec spec, Facts facts) {
        boolean ours = facts.swarm().manager()
                && facts.swarm().state() == SwarmState.ACTIVE
                && facts.swarm().fleetId().equals(spec.swarm().fleetId());
        if (!ours) {
            return null;
        }
        try {
            Optional<JoinTokens> tokens = machine.joinTokens();
            if (tokens.isEmpty()) {
                return null;
            }
            if (!Objects.equals(tokens.get(), sealedTokens) || !sealedTo.equals(spec.sealTo())) {
                sealed = Sealed.seal(WireJson.write(tokens.get(), JoinTokens.class), EcKeys.fromJwk(spec.sealTo()));
                sealedTokens = tokens.get();
                sealedTo = spec.sealTo();
            }
            return sealed;
        } catch (MachineException | TrustException e) {
            LOG.warn("the swarm's join tokens cannot be told: {}", e.getMessage());
            return null;
        }
    }
}
