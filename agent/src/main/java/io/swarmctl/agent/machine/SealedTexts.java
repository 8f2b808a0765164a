package io.swarmctl.agent.machine;

import io.swarmctl.common.trust.TrustException;

/** Opens what was sealed to this node. The result is secret: it must not reach arguments, outputs or messages. */
@FunctionalInterface
public interface SealedTexts {
    String open(String sealed) throws TrustException;

    /** For actions: a text that does not open is a failure of theirs, and the controller may send a better one. */
    default String secret(String sealed) throws MachineException {
        try {
            return open(sealed);
        } catch (TrustException e) {
            throw new MachineException(
                    "a secret in the spec was not sealed to this node's key",
                    "nothing to do if the node was just enrolled anew; else assign its role again",
                    true,
                    e);
        }
    }
}
