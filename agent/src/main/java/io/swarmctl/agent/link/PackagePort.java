package io.swarmctl.agent.link;

import io.swarmctl.agent.machine.Output;
import io.swarmctl.agent.machine.PackageRoute;
import io.swarmctl.agent.retry.Backoff;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to the controller's package cache: waits for this node's turn, and listens on loopback for as long as apt runs.
 * Nothing listens between. Used by one thread at a time.
 */
public final class PackagePort implements PackageRoute {
    private static final Logger LOG = LoggerFactory.getLogger(PackagePort.class);

    /** Together they outlast a restart of the controller; halves of it at random, so that nodes do not come back in step. */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final String APT_USER = "_apt:";
    private static final int USER_ID = 2;

    private final Dial dial;
    private final LocalPeers peers;
    private final Set<Integer> others;
    private final Supplier<Backoff> pauses;
    private @Nullable Opened last;

    /** Opens a new connection to the controller's package cache. */
    @FunctionalInterface
    public interface Dial {
        Socket connect() throws IOException;
    }

    /** @param others the numeric ids of users who may use it besides the agent's own */
    public PackagePort(Dial dial, LocalPeers peers, Set<Integer> others) {
        this(dial, peers, others, () -> new Backoff(FIRST_PAUSE, LONGEST_PAUSE, new SplittableRandom()));
    }

    /** @param pauses between tries, when the controller goes away while this node waits for its turn */
    PackagePort(Dial dial, LocalPeers peers, Set<Integer> others, Supplier<Backoff> pauses) {
        this.dial = dial;
        this.peers = peers;
        this.others = Set.copyOf(others);
        this.pauses = pauses;
    }

    /** The numeric id of the user with whose rights apt fetches packages; none where there is no such user. */
    public static Set<Integer> aptUser(Path passwd) {
        try {
            return Files.readAllLines(passwd).stream()
                    .filter(line -> line.startsWith(APT_USER))
                    .map(line -> Integer.valueOf(line.split(":")[USER_ID]))
                    .collect(Collectors.toSet());
        } catch (IOException | RuntimeException e) {
            LOG.debug("{}: {}", passwd, e.getMessage());
            return Set.of();
        }
    }

    @Override
    public Opened open(Output output) throws Unusable, InterruptedException {
        PackageQueue queue = new PackageQueue(output, pauses.get(), last != null && last.isLost());
        last = null;
        while (true) {
            try {
                last = openInTurn(queue);
                return last;
            } catch (IOException e) {
                queue.rest(e);
            }
        }
    }

    private Opened openInTurn(PackageQueue queue) throws IOException, Unusable, InterruptedException {
        PackageTurn turn = new PackageTurn(dial.connect());
        Opened opened = null;
        try {
            opened = PackageListener.start(turn.await(queue), turn, dial, peers, others);
            turn.keep();
            return opened;
        } finally {
            if (opened == null) {
                turn.close();
            }
        }
    }
}
