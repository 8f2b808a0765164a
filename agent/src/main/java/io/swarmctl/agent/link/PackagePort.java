package io.swarmctl.agent.link;

import io.swarmctl.agent.machine.PackageRoute;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to the controller's package cache: asks it what it gives, and listens on loopback for as long as apt runs. Nothing
 * listens between.
 */
public final class PackagePort implements PackageRoute {
    private static final Logger LOG = LoggerFactory.getLogger(PackagePort.class);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 64 * 1024;
    private static final int MOST_HOSTS = 200;
    private static final byte[] QUESTION =
            "GET / HTTP/1.1\r\nHost: packages.swarmctl.internal\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);
    private static final Pattern ANSWER = Pattern.compile("HTTP/1\\.1 ([0-9]{3}) .*?\r\n\r\n(.*)", Pattern.DOTALL);
    private static final Pattern HOST = Pattern.compile("(https://)?[0-9a-z][0-9a-z.-]{0,252}(:[0-9]{1,5})?");
    private static final String APT_USER = "_apt:";
    private static final int USER_ID = 2;

    private final Dial dial;
    private final LocalPeers peers;
    private final Set<Integer> others;

    /** Opens a new connection to the controller's package cache. */
    @FunctionalInterface
    public interface Dial {
        Socket connect() throws IOException;
    }

    /** @param others the numeric ids of users who may use it besides the agent's own */
    public PackagePort(Dial dial, LocalPeers peers, Set<Integer> others) {
        this.dial = dial;
        this.peers = peers;
        this.others = Set.copyOf(others);
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
    public Opened open() throws Unusable {
        try {
            return PackageListener.start(hosts(ask()), dial, peers, others);
        } catch (IOException e) {
            throw new Unusable("the controller's package cache cannot be reached: " + e.getMessage(), true);
        }
    }

    private String ask() throws IOException {
        try (Socket socket = dial.connect()) {
            socket.setSoTimeout((int) ANSWER_WITHIN.toMillis());
            socket.getOutputStream().write(QUESTION);
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.US_ASCII);
        }
    }

    private static List<String> hosts(String answer) throws IOException, Unusable {
        Matcher parts = ANSWER.matcher(answer);
        if (!parts.matches()) {
            throw new IOException(
                    "it hangs up: the controller may be older than the agent, or this node asks too often");
        }
        int status = Integer.parseInt(parts.group(1));
        if (status == HttpURLConnection.HTTP_GONE) {
            throw new Unusable("the package cache is off by the fleet's policy", false);
        }
        if (status != HttpURLConnection.HTTP_OK) {
            throw new IOException("it answers " + status);
        }
        return parts.group(2)
                .lines()
                .filter(line -> HOST.matcher(line).matches())
                .limit(MOST_HOSTS)
                .toList();
    }
}
