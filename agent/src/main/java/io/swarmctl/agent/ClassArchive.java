package io.swarmctl.agent;

import io.swarmctl.agent.converge.Agent;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The class-data archive from which the agent starts faster and with less memory. It fits one JVM and one jar only: the
 * card brings one for its own jar, and for another jar the machine's own JVM makes it, once the node is ready and has
 * nothing better to do.
 */
final class ClassArchive implements Agent.WhenReady {
    private static final Logger LOG = LoggerFactory.getLogger(ClassArchive.class);
    private static final int MINUTES = 10;

    private final Path state;
    private final Path java;
    private final Path jar;

    /** @param java the program that runs this agent; {@code jar} what it runs */
    ClassArchive(Path state, Path java, Path jar) {
        this.state = state;
        this.java = java;
        this.jar = jar;
    }

    /** Makes the archive if there is none yet that fits; if so, the agent is to be started again. */
    @Override
    public boolean restart() throws InterruptedException {
        Path classes = state.resolve("classes.lst");
        if (!Files.isRegularFile(classes)) {
            return false;
        }
        try {
            return make(classes);
        } catch (IOException e) {
            LOG.warn("no class-data archive could be made; going on without: {}", e.getMessage());
            return false;
        }
    }

    private boolean make(Path classes) throws IOException, InterruptedException {
        Path unfinished = state.resolve("classes.jsa.new");
        Process process = new ProcessBuilder(List.of(
                        "nice",
                        "-n",
                        "19",
                        java.toString(),
                        "-Xshare:dump",
                        "-XX:+UseSerialGC",
                        "-Xlog:cds=off",
                        "-XX:SharedClassListFile=" + classes,
                        "-XX:SharedArchiveFile=" + unfinished,
                        "-cp",
                        jar.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        boolean made = ended(process) && process.exitValue() == 0 && Files.isRegularFile(unfinished);
        // Whether it was made or not: without the list it is not tried again before the next start.
        Files.deleteIfExists(classes);
        if (!made) {
            Files.deleteIfExists(unfinished);
            LOG.warn("no class-data archive could be made; going on without");
            return false;
        }
        // The JVM ends with a signal when its archive is shorter than it says, as after a power cut.
        sync(unfinished);
        Files.move(unfinished, state.resolve("classes.jsa"), StandardCopyOption.ATOMIC_MOVE);
        sync(state);
        LOG.info("the class-data archive is made; starting again from it");
        return true;
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static boolean ended(Process process) throws InterruptedException {
        try {
            return process.waitFor(MINUTES, TimeUnit.MINUTES);
        } finally {
            process.destroyForcibly();
        }
    }
}
