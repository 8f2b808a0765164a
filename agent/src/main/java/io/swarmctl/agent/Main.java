package io.swarmctl.agent;

import io.swarmctl.agent.machine.DebianMachine;
import io.swarmctl.agent.machine.Layout;
import io.swarmctl.agent.machine.MachineException;
import io.swarmctl.agent.machine.ProcessCommands;
import io.swarmctl.common.trust.TrustException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** {@code swarm-agent [agent.conf]}: runs until it is stopped. Logs to standard error, for the journal. */
public final class Main {
    private static final String DEFAULT_CONFIG = "/etc/swarm-agent/agent.conf";
    private static final int FAILED = 1;

    private Main() {}

    public static void main(String[] args) {
        try {
            AgentConfig config = Configuration.read(Path.of(args.length > 0 ? args[0] : DEFAULT_CONFIG));
            new NodeAgent(config, version(), archive(config), InstantSource.system())
                    .run((settings, sealedTexts) -> new DebianMachine(
                            Layout.ofThisMachine(settings.deviceTree(), settings.stateDirectory()),
                            new ProcessCommands(),
                            sealedTexts,
                            InstantSource.system()));
        } catch (IOException | TrustException | MachineException e) {
            // Not only for people: the service manager starts the agent again, and what was missing may be there then.
            System.err.println("swarm-agent: " + e.getMessage());
            System.exit(FAILED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ClassArchive archive(AgentConfig config) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ClassArchive(config.stateDirectory(), java, Path.of(System.getProperty("java.class.path")));
    }

    private static String version() {
        return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
