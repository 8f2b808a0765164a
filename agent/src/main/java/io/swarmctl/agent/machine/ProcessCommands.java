package io.swarmctl.agent.machine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs programs as processes. A thread of its own reads what each prints, into a short queue, so that the calling
 * thread can hand on the lines and still watch the time; a program that prints faster than is read has to wait.
 */
public final class ProcessCommands implements Commands {
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final int LONGEST_LINE = 2_000;
    private static final int LINES_KEPT = 300;
    private static final int LINES_QUEUED = 100;
    private static final Duration GRACE = Duration.ofSeconds(10);
    /** How long what a program left behind may keep its output open. */
    private static final Duration AFTERMATH = Duration.ofSeconds(2);

    @Override
    public Result run(Command command, Output output) throws MachineException {
        long deadline = System.nanoTime() + command.timeout().toNanos();
        Process process = start(command);
        BlockingQueue<Optional<String>> queue = new ArrayBlockingQueue<>(LINES_QUEUED);
        Thread reader = new Thread(() -> read(process.getInputStream(), queue), "output of " + command.name());
        reader.setDaemon(true);
        reader.start();
        try {
            feed(process, command.input());
            Deque<String> lines = follow(process, queue, deadline, output);
            if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw tookTooLong(command);
            }
            return new Result(process.exitValue(), List.copyOf(lines));
        } catch (TooLate e) {
            throw tookTooLong(command);
        } catch (InterruptedException e) {
            throw MachineException.interrupted("running " + command.name(), e);
        } finally {
            end(process);
            reader.interrupt();
        }
    }

    private static Process start(Command command) throws MachineException {
        ProcessBuilder builder = new ProcessBuilder(command.argv()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", PATH);
        builder.environment().put("HOME", "/root");
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(command.environment());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new MachineException(
                    "cannot run " + command.name() + ": " + e.getMessage(),
                    "see whether " + command.name() + " is installed on the node",
                    true,
                    e);
        }
    }

    private static void feed(Process process, String input) {
        try (OutputStream stream = process.getOutputStream()) {
            stream.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException itEndedWithoutReading) {
            return; // its status says why
        }
    }

    private static Deque<String> follow(
            Process process, BlockingQueue<Optional<String>> queue, long deadline, Output output)
            throws InterruptedException, TooLate {
        Deque<String> kept = new ArrayDeque<>();
        long limit = deadline;
        while (true) {
            if (limit == deadline && !process.isAlive()) {
                limit = Math.min(deadline, System.nanoTime() + AFTERMATH.toNanos());
            }
            Optional<String> line = queue.poll(100, TimeUnit.MILLISECONDS);
            if (line == null) {
                if (System.nanoTime() - limit > 0) {
                    if (process.isAlive()) {
                        throw new TooLate();
                    }
                    return kept;
                }
                continue;
            }
            if (line.isEmpty()) {
                return kept;
            }
            kept.addLast(line.get());
            if (kept.size() > LINES_KEPT) {
                kept.removeFirst();
            }
            output.line(line.get());
        }
    }

    private static void read(InputStream stream, BlockingQueue<Optional<String>> queue) {
        try {
            readLines(stream, queue);
            queue.put(Optional.empty());
        } catch (InterruptedException e) {
            return; // nobody listens any more
        }
    }

    private static void readLines(InputStream stream, BlockingQueue<Optional<String>> queue)
            throws InterruptedException {
        StringBuilder line = new StringBuilder();
        try (Reader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (int character = reader.read(); character >= 0; character = reader.read()) {
                if (character == '\n' || character == '\r') {
                    handOn(line, queue);
                } else if (line.length() < LONGEST_LINE) {
                    line.append((char) character);
                }
            }
        } catch (IOException e) {
            return; // closed under the reader: the program has been ended
        }
        handOn(line, queue);
    }

    private static void handOn(StringBuilder line, BlockingQueue<Optional<String>> queue) throws InterruptedException {
        if (!line.toString().isBlank()) {
            queue.put(Optional.of(line.toString()));
        }
        line.setLength(0);
    }

    private static void end(Process process) {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .filter(ProcessHandle::isAlive)
                .toList();
        if (all.isEmpty()) {
            return;
        }
        all.forEach(ProcessHandle::destroy);
        long deadline = System.nanoTime() + GRACE.toNanos();
        boolean interrupted = Thread.interrupted();
        while (all.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < deadline) {
            try {
                process.waitFor(50, TimeUnit.MILLISECONDS);
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        all.forEach(ProcessHandle::destroyForcibly);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static MachineException tookTooLong(Command command) {
        return new MachineException(
                command.name() + " did not end within " + command.timeout().toSeconds() + " s",
                "nothing to do unless it happens again; then see what it printed",
                true,
                null);
    }

    private static final class TooLate extends Exception {}
}
