package io.swarmctl.agent.link;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Tells whose a connection from this machine is: the kernel lists the user of every socket in {@code /proc/net/tcp}.
 *
 * <p>Where many agents run in one process the list is long, and all want it at once. Whoever waits while another one
 * reads takes what is read next, together with all others that wait: asked by any number at once, it is read twice.
 */
public final class LocalPeers {
    private static final int LOCAL_ADDRESS = 1;
    private static final int REMOTE_ADDRESS = 2;
    private static final int USER = 7;
    private static final int HEXADECIMAL = 16;
    private static final int PORT_BITS = 16;

    /** Of the whole process, for those that share it to share what is read. */
    private static @Nullable LocalPeers ofThisProcess;

    private final List<Path> tables;
    private final int ownUser;
    private final AtomicLong questions = new AtomicLong();
    private Map<Integer, Integer> users = Map.of();

    /** The last question that came before the tables were read last. */
    private long answered;

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
        Integer user = usersSince(questions.incrementAndGet()).get(ports(accepted.getPort(), accepted.getLocalPort()));
        return user != null && user == ownUser;
    }

    /** The users of all connections, read when that question had been asked. */
    private synchronized Map<Integer, Integer> usersSince(long question) throws IOException {
        if (answered < question) {
            long latest = questions.get();
            users = read();
            answered = latest;
        }
        return users;
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
        String[] fields = line.strip().split(" +", USER + 2);
        if (fields.length > USER) {
            found.putIfAbsent(
                    ports(port(fields[LOCAL_ADDRESS]), port(fields[REMOTE_ADDRESS])), Integer.valueOf(fields[USER]));
        }
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.indexOf(':') + 1), HEXADECIMAL);
    }

    private static int ports(int local, int remote) {
        return local << PORT_BITS | remote;
    }
}
