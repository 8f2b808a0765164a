package io.swarmctl.agent;

import io.swarmctl.agent.link.ControllerAddress;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The agent's configuration, {@code /etc/swarm-agent/agent.conf}: lines of {@code key=value}.
 *
 * @param controllers addresses to try, {@code host[:port]}
 * @param mdns whether to look for controllers on the local network too
 * @param caFile the fleet CA's certificate
 * @param enrolmentKeyFile the image's enrolment key; removed once the node is enrolled
 * @param stateDirectory where the node's key, certificate and last good spec lie
 * @param deviceTree where the firmware tells the board's serial and model
 * @param bootPartition where the node tells people how it is, and takes their corrections; null for the firmware's
 *     partition, where that is mounted
 */
public record AgentConfig(
        List<String> controllers,
        boolean mdns,
        Path caFile,
        Path enrolmentKeyFile,
        Path stateDirectory,
        Path deviceTree,
        @Nullable Path bootPartition) {
    private static final Set<String> KEYS = new TreeSet<>(List.of(
            "controllers",
            "mdns",
            "ca-file",
            "enrolment-key-file",
            "state-directory",
            "device-tree",
            "boot-partition"));

    public AgentConfig {
        controllers = List.copyOf(controllers);
    }

    /** @throws IOException when the file cannot be read, or has a key or an address that the agent does not know */
    public static AgentConfig read(Path file) throws IOException {
        return parse(Files.readString(file), file.toString());
    }

    static AgentConfig parse(String text, String source) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        for (String key : properties.stringPropertyNames()) {
            if (!KEYS.contains(key)) {
                throw new IOException(source + ": '" + key + "' is not known; known are " + String.join(", ", KEYS));
            }
        }
        return new AgentConfig(
                controllers(properties.getProperty("controllers", ""), source),
                Boolean.parseBoolean(properties.getProperty("mdns", "true").strip()),
                path(properties, "ca-file", "/etc/swarm-agent/ca.crt"),
                path(properties, "enrolment-key-file", "/etc/swarm-agent/enrolment.key"),
                path(properties, "state-directory", "/var/lib/swarm-agent"),
                path(properties, "device-tree", "/proc/device-tree"),
                properties.containsKey("boot-partition") ? path(properties, "boot-partition", "") : null);
    }

    private static List<String> controllers(String text, String source) throws IOException {
        List<String> controllers = Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(address -> !address.isEmpty())
                .toList();
        try {
            controllers.forEach(ControllerAddress::parse);
            return controllers;
        } catch (IllegalArgumentException e) {
            throw new IOException(source + ": " + e.getMessage(), e);
        }
    }

    private static Path path(Properties properties, String key, String otherwise) {
        return Path.of(properties.getProperty(key, otherwise).strip());
    }
}
