package io.swarmctl.agent.link;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Tells whose a connection from this machine is: the kernel lists the user of every socket in {@code /proc/net/tcp}. */
public final class LocalPeers {
    private static final int LOCAL_ADDRESS = 1;
    private static final int REMOTE_ADDRESS = 2;
    private static final int USER = 7;

    private final List<Path> tables;
    private final int ownUser;

    /** @param ownUser the numeric id of the agent's user */
    public LocalPeers(Path proc, int ownUser) {
        this.tables = List.of(proc.resolve("net/tcp"), proc.resolve("net/tcp6"));
        this.ownUser = ownUser;
    }

    /** For the user of this process, who owns {@code /proc/self}. */
    public static LocalPeers ofThisProcess() throws IOException {
        Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        return new LocalPeers(Path.of("/proc"), (Integer) user);
    }

    boolean isOwn(Socket accepted) throws IOException {
        return user(accepted.getPort(), accepted.getLocalPort())
                .filter(user -> user == ownUser)
                .isPresent();
    }

    private Optional<Integer> user(int peerPort, int ownPort) throws IOException {
        String local = String.format(":%04X", peerPort);
        String remote = String.format(":%04X", ownPort);
        for (Path table : tables) {
            if (!Files.exists(table)) {
                continue;
            }
            // Most lines are of other connections, and where many agents run there are thousands.
            Optional<Integer> user = Files.readAllLines(table).stream()
                    .filter(line -> line.contains(local) && line.contains(remote))
                    .map(line -> line.strip().split("\\s+"))
                    .filter(fields -> fields.length > USER
                            && fields[LOCAL_ADDRESS].endsWith(local)
                            && fields[REMOTE_ADDRESS].endsWith(remote))
                    .map(fields -> Integer.valueOf(fields[USER]))
                    .findFirst();
            if (user.isPresent()) {
                return user;
            }
        }
        return Optional.empty();
    }
}
