package io.swarmctl.controller.lab;

import io.swarmctl.controller.lab.Scripts.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The lab's virtual Pis, {@code pi1} and so on, and what can be done to them; see {@code scripts/lab --help}. Any thread
 * may call it; commands that change the lab wait for each other.
 */
public final class VirtualPis {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final List<String> names;

    VirtualPis(int count) {
        this.names = IntStream.rangeClosed(1, count).mapToObj(i -> "pi" + i).toList();
    }

    public List<String> names() {
        return names;
    }

    /**
     * Runs a command of the lab on one of them, as {@code loss pi1 5}.
     *
     * @throws IOException when it fails
     */
    public void lab(String command, String pi, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(command, pi));
        all.addAll(List.of(arguments));
        Scripts.succeed(LIMIT, "lab", all.toArray(String[]::new));
    }

    /** What the command prints on that Pi; it fails there when the Pi is off. */
    public Answer on(String pi, String... command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("exec", pi));
        all.addAll(List.of(command));
        return Scripts.run(LIMIT, "lab", all.toArray(String[]::new));
    }

    /** The end of its agent's journal. */
    public String agentJournal(String pi, int lines) throws IOException, InterruptedException {
        return Scripts.run(LIMIT, "lab", "logs", pi, "-u", "swarm-agent", "-n", String.valueOf(lines))
                .output();
    }
}
