package io.swarmctl.controller.api;

import io.swarmctl.common.wire.Fingerprint;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is logged in with a browser. A session ends after {@link #LIFETIME}, when its access token does, when somebody logs
 * out, or as the oldest of too many. Belongs to the event loop that answers requests.
 */
public final class Sessions {
    static final Duration LIFETIME = Duration.ofHours(12);

    /** So many one token may have at once: a rack's screens, a class, and what was never logged out. */
    static final int MOST_OF_A_TOKEN = 100;

    static final int MOST = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final int SECRET_BYTES = 32;

    private final AccessTokens tokens;
    private final SessionStore store;
    private final WorkerExecutor writes;
    private final InstantSource clock;
    private final SecureRandom random;

    /** By id, the oldest first. */
    private final Map<String, Session> open = new LinkedHashMap<>();

    private final List<Consumer<String>> watchers = new ArrayList<>();

    /** @param secret what the browser shows from now on, as a cookie */
    record Opened(Session session, String secret) {}

    /**
     * Goes on with the sessions that the store has.
     *
     * @param writes where the store is written, one change after the other
     * @throws IOException when the store cannot be read
     */
    public Sessions(
            AccessTokens tokens, SessionStore store, WorkerExecutor writes, InstantSource clock, SecureRandom random)
            throws IOException {
        this.tokens = tokens;
        this.store = store;
        this.writes = writes;
        this.clock = clock;
        this.random = random;
        store.load().stream()
                .sorted(Comparator.comparing(Session::openedAt))
                .forEach(session -> open.put(session.id(), session));
    }

    /** Is told the id of every session that ends, once it opens nothing any more. */
    public void onEnd(Consumer<String> watcher) {
        watchers.add(watcher);
    }

    /** @param token fingerprint of an access token that somebody has just shown */
    Opened open(String token) {
        endAll(session -> !isAlive(session));
        makeRoom(session -> session.token().equals(token), MOST_OF_A_TOKEN);
        makeRoom(session -> true, MOST);
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant now = clock.instant();
        Session session = new Session(id(secret), token, now, now.plus(LIFETIME));
        open.put(session.id(), session);
        write(() -> store.save(session));
        return new Opened(session, secret);
    }

    /** The session that the browser shows; empty when it is none, or has ended. */
    Optional<Session> find(String secret) {
        Session session = open.get(id(secret));
        return session != null && access(session.id()).isPresent() ? Optional.of(session) : Optional.empty();
    }

    /** The id of the session that a browser shows, on a page of ours; empty when it is none, or has ended. */
    public Optional<String> visitor(HttpServerRequest request) {
        return SameOrigin.mayAct(request)
                ? SessionCookie.shown(request).flatMap(this::find).map(Session::id)
                : Optional.empty();
    }

    /** What the session may do now; empty when it has ended. */
    public Optional<Access> access(String id) {
        Session session = open.get(id);
        if (session == null) {
            return Optional.empty();
        }
        if (!isAlive(session)) {
            end(id);
            return Optional.empty();
        }
        return tokens.withFingerprint(session.token());
    }

    void end(String id) {
        endAll(session -> session.id().equals(id));
    }

    /** Logs out every browser that came with this token; the number of those. */
    int endAllOf(String token) {
        return endAll(session -> session.token().equals(token));
    }

    private boolean isAlive(Session session) {
        return clock.instant().isBefore(session.expiresAt())
                && tokens.withFingerprint(session.token()).isPresent();
    }

    private void makeRoom(Predicate<Session> which, int most) {
        List<Session> found = open.values().stream().filter(which).toList();
        List<Session> tooMany = found.subList(0, Math.max(0, found.size() - most + 1));
        endAll(tooMany::contains);
    }

    private int endAll(Predicate<Session> which) {
        List<String> ids = open.values().stream().filter(which).map(Session::id).toList();
        if (!ids.isEmpty()) {
            ids.forEach(open::remove);
            write(() -> store.remove(ids));
            tell(ids);
        }
        return ids.size();
    }

    private void tell(Collection<String> ids) {
        ids.forEach(id -> watchers.forEach(watcher -> watcher.accept(id)));
    }

    /** A write that somebody's disk does not take. */
    @FunctionalInterface
    private interface Write {
        void make() throws IOException;
    }

    /** What cannot be stored counts until the controller starts again. */
    private void write(Write write) {
        writes.executeBlocking(
                        () -> {
                            write.make();
                            return true;
                        },
                        true)
                .onFailure(failure -> LOG.warn("a session could not be stored: {}", failure.getMessage()));
    }

    private static String id(String secret) {
        return HexFormat.of().formatHex(Fingerprint.sha256(secret.getBytes(StandardCharsets.UTF_8)));
    }
}
