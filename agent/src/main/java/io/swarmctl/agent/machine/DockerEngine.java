package io.swarmctl.agent.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Docker engine, asked over its socket: so no token ever stands in a list of processes. */
final class DockerEngine {
    private static final Pattern NAME = Pattern.compile("Docker/(\\S+).*");
    private static final int LONGEST_ANSWER = 16 << 20;
    private static final Duration SHORT = Duration.ofSeconds(3);
    /** The engine itself gives up after 20 s when it waits for other managers. */
    private static final Duration USUAL = Duration.ofSeconds(30);

    private static final Duration LONG = Duration.ofMinutes(2);

    private final Path socket;
    private final UnixHttp http;

    DockerEngine(Path socket) {
        this.socket = socket;
        this.http = new UnixHttp(socket, LONGEST_ANSWER);
    }

    /**
     * Empty when the engine does not answer. Asked often, and each time an engine is asked for {@code /version} it starts
     * runc and its init program to learn theirs; so its name in any answer has to do where it has one.
     */
    Optional<String> version() {
        if (!Files.exists(socket)) {
            return Optional.empty();
        }
        try {
            EngineReply ping = http.exchange("GET", "/_ping", "", SHORT);
            Matcher name = NAME.matcher(ping.server());
            if (ping.ok() && name.matches()) {
                return Optional.of(name.group(1));
            }
            return Optional.of(http.exchange("GET", "/version", "", SHORT)
                    .as(EngineJson.Version.class)
                    .version());
        } catch (IOException | MachineException itDoesNotAnswer) {
            return Optional.empty();
        }
    }

    EngineReply get(String path) throws MachineException {
        return exchange("GET", path, "", USUAL);
    }

    <T> EngineReply post(String path, T body, Class<T> type) throws MachineException {
        return exchange("POST", path, EngineReply.write(body, type), LONG);
    }

    EngineReply post(String path) throws MachineException {
        return exchange("POST", path, "", LONG);
    }

    EngineReply delete(String path) throws MachineException {
        return exchange("DELETE", path, "", USUAL);
    }

    private EngineReply exchange(String method, String path, String body, Duration timeout) throws MachineException {
        try {
            return http.exchange(method, path, body, timeout);
        } catch (IOException e) {
            throw new MachineException(
                    "the Docker engine does not answer: " + e.getMessage(),
                    "see 'journalctl -u docker' on the node if it stays so",
                    true,
                    e);
        }
    }
}
