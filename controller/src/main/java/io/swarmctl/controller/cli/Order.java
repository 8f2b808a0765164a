package io.swarmctl.controller.cli;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change that the API is asked for.
 *
 * @param path may end with parameters
 * @param body null when there is none
 * @param nodes ids of the nodes that it is about
 * @param goal where they have got to when it is over
 * @param question for the person, when there is something to ask
 */
record Order(
        String method,
        String path,
        @Nullable Map<String, Object> body,
        List<String> nodes,
        Goal goal,
        Caution caution,
        String question) {
    /** When a person is asked first. */
    enum Caution {
        /** It can be taken back. */
        NONE,
        /** When it would leave the swarm without its quorum. */
        QUORUM,
        /** In any case. */
        ALWAYS
    }

    Order {
        nodes = List.copyOf(nodes);
    }

    String send(Api api, boolean dryRun) throws CliException {
        String asked = dryRun ? path + (path.contains("?") ? "&" : "?") + "dryRun=true" : path;
        return body == null ? api.send(method, asked) : api.send(method, asked, body);
    }
}
