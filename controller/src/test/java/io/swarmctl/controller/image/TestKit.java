package io.swarmctl.controller.image;

import io.swarmctl.controller.image.card.CardKit;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A small kit: an agent that does nothing, and a Java runtime of random bytes. */
public final class TestKit {
    private TestKit() {}

    public static CardKit in(Path directory) throws IOException {
        Path agent = Files.createDirectories(directory.resolve("agent"));
        Path runtime = Files.createDirectories(directory.resolve("runtime/arm64/bin"));
        Path systemd = Files.createDirectories(directory.resolve("systemd"));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, "9.8.7");
        try (OutputStream jar = Files.newOutputStream(agent.resolve("swarm-agent.jar"))) {
            new JarOutputStream(jar, manifest).close();
        }
        Files.writeString(agent.resolve("jvm.options"), "-Xmx40m\n");
        Files.writeString(agent.resolve("logging.properties"), "handlers=\n");
        Files.writeString(agent.resolve("swarm-agent-start"), "#!/bin/sh\n");
        Files.writeString(systemd.resolve("swarm-agent.service"), "[Service]\n");
        byte[] java = new byte[200_000];
        new Random(5).nextBytes(java);
        Files.write(runtime.resolve("java"), java);
        Path legal = Files.createDirectories(directory.resolve("runtime/arm64/legal/java.base"));
        Files.writeString(legal.resolve("LICENSE"), "a licence\n");
        return new CardKit(directory);
    }
}
