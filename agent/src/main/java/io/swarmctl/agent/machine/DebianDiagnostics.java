package io.swarmctl.agent.machine;

import io.swarmctl.agent.machine.Commands.Command;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** A fixed list of questions to Debian, the kernel and Docker. None of them waits for apt, or for a network. */
final class DebianDiagnostics implements Diagnostics {
    private static final Duration EACH_WITHIN = Duration.ofSeconds(10);
    private static final Duration ALL_WITHIN = Duration.ofSeconds(60);
    private static final int MOST_LINES = 400;

    private static final List<Question> QUESTIONS = List.of(
            ask("uptime and load", "uptime"),
            ask("failed units", "systemctl", "--failed", "--no-legend", "--plain", "--no-pager"),
            ask("addresses", "ip", "-brief", "address"),
            ask("routes", "ip", "route"),
            ask("routes (IPv6)", "ip", "-6", "route"),
            ask("name servers", "cat", "/etc/resolv.conf"),
            ask("disk", "df", "-h", "-x", "tmpfs", "-x", "devtmpfs", "-x", "overlay"),
            ask("memory", "free", "-m"),
            ask("power and heat", "vcgencmd", "get_throttled"),
            ask("clock", "timedatectl", "show"),
            ask("Docker engine", "docker", "info"),
            ask("Docker containers", "docker", "ps", "--all", "--last", "30"),
            ask("unfinished packages", "dpkg", "--audit"),
            ask("Docker packages", "apt-cache", "policy", "docker-ce", "docker.io", "containerd.io"),
            ask("apt's last runs", "tail", "-n", "150", "/var/log/apt/term.log"),
            ask("journal of swarm-agent", journal("swarm-agent", "300")),
            ask("journal of Docker", journal("docker", "200")),
            ask("journal of containerd", journal("containerd", "50")),
            ask("kernel log", "journalctl", "-k", "-b", "-n", "300", "--no-pager", "-o", "short-iso"));

    private final Commands commands;

    private record Question(String name, Command command) {}

    DebianDiagnostics(Commands commands) {
        this.commands = commands;
    }

    @Override
    public void look(Consumer<Clue> clues) throws InterruptedException {
        long deadline = System.nanoTime() + ALL_WITHIN.toNanos();
        for (Question question : QUESTIONS) {
            boolean late = System.nanoTime() - deadline > 0;
            clues.accept(
                    late ? new Clue(question.name(), "", "not looked up: others took too long") : answer(question));
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private Clue answer(Question question) {
        Deque<String> lines = new ArrayDeque<>();
        String trouble = "";
        try {
            Commands.Result result = commands.run(question.command(), line -> {
                lines.addLast(line);
                if (lines.size() > MOST_LINES) {
                    lines.removeFirst();
                }
            });
            trouble = result.ok() ? "" : question.command().name() + " ended with " + result.status();
        } catch (MachineException e) {
            trouble = String.valueOf(e.getMessage());
        }
        return new Clue(question.name(), String.join("\n", lines), trouble);
    }

    private static String[] journal(String unit, String lines) {
        return new String[] {"journalctl", "-u", unit, "-n", lines, "--no-pager", "-o", "short-iso"};
    }

    private static Question ask(String name, String... argv) {
        return new Question(name, Command.of(argv).within(EACH_WITHIN));
    }
}
