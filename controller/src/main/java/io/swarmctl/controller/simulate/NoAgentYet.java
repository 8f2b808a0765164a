package io.swarmctl.controller.simulate;

import io.swarmctl.agent.machine.SealedTexts;

/** Of a machine on which no agent has run: it has no key, so nothing can be sealed to it. */
enum NoAgentYet implements SealedTexts {
    INSTANCE;

    @Override
    public String open(String sealed) {
        throw new IllegalStateException("no agent has run on this machine");
    }
}
