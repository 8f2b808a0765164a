package io.swarmctl.controller.simulate;

import io.swarmctl.agent.AgentConfig;
import io.swarmctl.common.wire.Facts;
import io.swarmctl.common.wire.WireException;
import io.swarmctl.common.wire.WireJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What lies on one simulated board's card: the agent's state, its boot partition, and how its machine was at last. */
record Card(Path directory) {
    /** Whether no agent on it has been enrolled. */
    boolean isBlank() {
        return !Files.exists(state().resolve("node.crt"));
    }

    /** Puts onto it what an image has. */
    AgentConfig flash(String gateway, Path ca) throws IOException {
        Files.createDirectories(directory.resolve("boot"));
        return new AgentConfig(
                List.of(gateway),
                false,
                ca,
                key(),
                state(),
                directory.resolve("device-tree"),
                directory.resolve("boot"));
    }

    void give(String enrolmentKey) throws IOException {
        Files.writeString(key(), enrolmentKey);
    }

    /** The machine's facts when it was switched off; empty for a machine that never was. */
    Optional<Facts> kept() throws IOException {
        try {
            return Optional.of(WireJson.read(Files.readString(facts()), Facts.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (WireException e) {
            throw new IOException(facts() + " is damaged; remove it, and the machine begins anew", e);
        }
    }

    void keep(Facts last) throws IOException {
        Replacing.write(facts(), WireJson.write(last, Facts.class));
    }

    private Path state() {
        return directory.resolve("state");
    }

    private Path key() {
        return directory.resolve("enrolment.key");
    }

    private Path facts() {
        return directory.resolve("facts.json");
    }
}
