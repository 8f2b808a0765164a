package io.swarmctl.agent;

import io.swarmctl.agent.card.Correction;
import io.swarmctl.agent.card.CorrectionFile;
import io.swarmctl.agent.machine.BootPartition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The agent's configuration at its start. */
public final class Configuration {
    private Configuration() {}

    /**
     * Reads the file, after it has been corrected as the card asks for.
     *
     * @throws IOException as {@link AgentConfig#read} does
     */
    public static AgentConfig read(Path file) throws IOException {
        AgentConfig config = AgentConfig.read(file);
        Optional<BootPartition> card = BootPartition.find(config.bootPartition());
        boolean corrected = card.isPresent()
                && new CorrectionFile(card.get()).takeInto(file, new Correction(config.controllers(), config.mdns()));
        return corrected ? AgentConfig.read(file) : config;
    }
}
