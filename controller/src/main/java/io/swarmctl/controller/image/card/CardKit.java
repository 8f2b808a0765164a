package io.swarmctl.controller.image.card;

import io.swarmctl.controller.image.base.Architecture;
import io.swarmctl.controller.image.base.BaseSystem;
import io.swarmctl.controller.image.disk.ImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory with what is the same on all cards of all fleets: {@code agent/} (the jar, how it is started),
 * {@code systemd/} (its unit) and {@code runtime/ARCHITECTURE/}, a Java runtime for each.
 *
 * @param docker packages of Docker for a first boot without internet; null: none
 */
public record CardKit(Path directory, @Nullable DockerDirectory docker) {
    private static final String JAR = "agent/swarm-agent.jar";
    private static final String START = "agent/swarm-agent-start";
    private static final String UNIT = "systemd/swarm-agent.service";
    private static final List<String> FILES =
            List.of(JAR, "agent/jvm.options", "agent/logging.properties", START, UNIT);
    private static final String PACKAGES = "opt/swarmctl/packages/";
    private static final int EXECUTABLE = 0755;
    private static final int PLAIN = 0644;

    public CardKit(Path directory) {
        this(directory, null);
    }

    public CardKit with(DockerDirectory packages) {
        return new CardKit(directory, packages);
    }

    /** @throws ImageException when something is missing that a card with that system needs */
    public void require(BaseSystem system) throws ImageException {
        Architecture architecture = system.architecture();
        for (String file : FILES) {
            require(file, "make it: scripts/card kit --arch " + architecture.debian());
        }
        require(
                "runtime/" + architecture.debian() + "/bin/java",
                "add the Java runtime: scripts/card kit --arch " + architecture.debian());
        if (docker != null) {
            docker.require(system);
        }
    }

    private void require(String file, String remedy) throws ImageException {
        if (!Files.isRegularFile(directory.resolve(file))) {
            throw new ImageException("there is no " + directory.resolve(file), remedy);
        }
    }

    /** Which version of the agent it is, by its manifest. */
    public String agentVersion() throws IOException {
        try (JarFile jar = new JarFile(directory.resolve(JAR).toFile())) {
            var manifest = jar.getManifest();
            String version =
                    manifest == null ? null : manifest.getMainAttributes().getValue("Implementation-Version");
            return version == null ? "unknown" : version;
        }
    }

    /** A file on the card. */
    record Item(Path source, int mode) {}

    /** By their paths on the card, in order. */
    Map<String, Item> items(Architecture architecture) throws IOException {
        Map<String, Item> items = new TreeMap<>();
        for (String file : FILES) {
            String path = file.equals(UNIT) ? "etc/systemd/system/swarm-agent.service" : "opt/swarmctl/" + file;
            items.put(path, new Item(directory.resolve(file), file.equals(START) ? EXECUTABLE : PLAIN));
        }
        Path runtime = directory.resolve("runtime").resolve(architecture.debian());
        try (Stream<Path> files = Files.walk(runtime)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .sorted(Comparator.naturalOrder())
                    .toList()) {
                String path = runtime.relativize(file).toString().replace('\\', '/');
                items.put("opt/swarmctl/runtime/" + path, new Item(file, runtimeMode(path)));
            }
        }
        if (docker != null) {
            docker.files().forEach((name, file) -> items.put(PACKAGES + name, new Item(file, PLAIN)));
        }
        return items;
    }

    /** Which Docker the card brings along, in words; empty when none. */
    String dockerWords() {
        return docker == null ? "" : docker.manifest().docker();
    }

    /** By name: not every laptop's file system knows modes. */
    private static int runtimeMode(String path) {
        return path.startsWith("bin/") || path.equals("lib/jspawnhelper") || path.equals("lib/jexec")
                ? EXECUTABLE
                : PLAIN;
    }
}
