package io.swarmctl.controller.cli;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How long a new enrolment key lets nodes in, and how many. */
final class KeyTerms {
    private static final Duration USUAL_EXPIRY = Duration.ofDays(30);
    private static final int USUAL_USES = 100;

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "How long it lets nodes in (default 30d).")
    private @Nullable Duration expires;

    @Option(names = "--uses", paramLabel = "N", description = "How many nodes it lets in (default 100).")
    private @Nullable Integer uses;

    /** Whether somebody has said anything about a new key. */
    boolean areGiven() {
        return expires != null || uses != null;
    }

    /** Has the controller make such a key; its answer, which holds a secret. */
    String make(Api api) throws CliException {
        Map<String, Object> wanted = Map.of(
                "expiresInSeconds",
                (expires == null ? USUAL_EXPIRY : expires).toSeconds(),
                "uses",
                uses == null ? USUAL_USES : uses);
        return api.send("POST", "/enrolment-keys", wanted);
    }
}
