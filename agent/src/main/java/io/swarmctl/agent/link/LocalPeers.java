package io.swarmctl.agent.link;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Tells whose a connection from this machine is: the kernel lists the user of every socket in {@code /proc/net/tcp}.
 *
 * <p>Where many agents run in one process the list is long, and all want it at once. While it is read, all who ask wait
 * together for the next reading, which one of them makes: however many ask, no more than two readings are waited for.
 */
public final class LocalPeers {
    private static final int LOCAL_ADDRESS = 1;
    private static final int REMOTE_ADDRESS = 2;
    private static final int USER = 7;
    private static final int HEXADECIMAL = 16;
    private static final int PORT_BITS = 16;
    private static final int READ_SECONDS = 20;

    /** Of the whole process, for those that share it to share what is read. */
    private static @Nullable LocalPeers ofThisProcess;

    private final List<Path> tables;
    private final int ownUser;

    /** Both guarded by this; waited for without it, so that those who wait go on all at once. */
    private @Nullable CompletableFuture<Map<Integer, Integer>> running;

    private @Nullable CompletableFuture<Map<Integer, Integer>> next;

    /** @param ownUser the numeric id of the agent's user */
    public LocalPeers(Path proc, int ownUser) {
        this.tables = List.of(proc.resolve("net/tcp"), proc.resolve("net/tcp6"));
        this.ownUser = ownUser;
    }

    /** For the user of this process, who owns {@code /proc/self}. */
    public static synchronized LocalPeers ofThisProcess() throws IOException {
        LocalPeers known = ofThisProcess;
        if (known == null) {
            Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            known = new LocalPeers(Path.of("/proc"), (Integer) user);
            ofThisProcess = known;
        }
        return known;
    }

    boolean isOwn(Socket accepted) throws IOException {
        Integer user = users().get(ports(accepted.getPort(), accepted.getLocalPort()));
        return user != null && user == ownUser;
    }

    /** @param others the numeric ids of users who may come in as well */
    boolean isOwnOrOf(Socket accepted, Set<Integer> others) throws IOException {
        Integer user = users().get(ports(accepted.getPort(), accepted.getLocalPort()));
        return user != null && (user == ownUser || others.contains(user));
    }

    /** The users of all connections, from a reading that begins after this was called. */
    private Map<Integer, Integer> users() throws IOException {
        Turn turn = takeTurn();
        if (turn.reads()) {
            if (turn.after() != null) {
                await(turn.after());
                moveOn(turn.reading());
            }
            make(turn.reading());
        }
        return await(turn.reading()).orElseThrow(() -> new IOException("the kernel's list of sockets cannot be read"));
    }

    /**
     * Who reads, and when.
     *
     * @param reads whether it is the asking thread that reads
     * @param after what it lets end first; null when nothing is being read
     */
    private record Turn(
            CompletableFuture<Map<Integer, Integer>> reading,
            boolean reads,
            @Nullable CompletableFuture<Map<Integer, Integer>> after) {}

    private synchronized Turn takeTurn() {
        if (next != null) {
            return new Turn(next, false, null);
        }
        Turn turn = new Turn(new CompletableFuture<>(), true, running);
        if (running == null) {
            running = turn.reading();
        } else {
            next = turn.reading();
        }
        return turn;
    }

    private synchronized void moveOn(CompletableFuture<Map<Integer, Integer>> reading) {
        running = reading;
        next = null;
    }

    private void make(CompletableFuture<Map<Integer, Integer>> reading) {
        try {
            reading.complete(read());
        } catch (IOException | RuntimeException e) {
            reading.completeExceptionally(e);
        } finally {
            ended(reading);
        }
    }

    private synchronized void ended(CompletableFuture<Map<Integer, Integer>> reading) {
        if (next == null && reading == running) {
            running = null;
        }
    }

    /** Empty when it failed, or takes far too long. */
    private static Optional<Map<Integer, Integer>> await(CompletableFuture<Map<Integer, Integer>> reading) {
        try {
            return Optional.of(reading.get(READ_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Map<Integer, Integer> read() throws IOException {
        Map<Integer, Integer> found = new HashMap<>();
        for (Path table : tables) {
            if (Files.exists(table)) {
                Files.readAllLines(table).stream().skip(1).forEach(line -> enter(line, found));
            }
        }
        return found;
    }

    private static void enter(String line, Map<Integer, Integer> found) {
        // Not with a regular expression: the list may have ten thousand lines.
        StringTokenizer fields = new StringTokenizer(line, " ");
        if (fields.countTokens() > USER) {
            skip(fields, LOCAL_ADDRESS);
            int local = port(fields.nextToken());
            int remote = port(fields.nextToken());
            skip(fields, USER - REMOTE_ADDRESS - 1);
            found.putIfAbsent(ports(local, remote), Integer.valueOf(fields.nextToken()));
        }
    }

    private static void skip(StringTokenizer fields, int many) {
        for (int i = 0; i < many; i++) {
            fields.nextToken();
        }
    }

    private static int port(String address) {
        return Integer.parseInt(address, address.indexOf(':') + 1, address.length(), HEXADECIMAL);
    }

    private static int ports(int local, int remote) {
        return local << PORT_BITS | remote;
    }
}
