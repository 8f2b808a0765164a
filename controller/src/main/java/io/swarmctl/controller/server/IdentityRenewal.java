package io.swarmctl.controller.server;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the servers a new certificate when theirs has become stale: a controller runs for years, and one on a Pi may have
 * started before it knew the time. Looks now and then, on an event loop of its own.
 */
final class IdentityRenewal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IdentityRenewal.class);
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final InstantSource clock;
    private final Function<Instant, ServerIdentity> certify;
    private final List<Function<KeyCertOptions, Future<Boolean>>> servers;
    private final long timer;

    /** Of the timer's event loop alone. */
    private ServerIdentity current;

    /** @param servers what takes a key and certificate, and shows them from then on */
    IdentityRenewal(
            Vertx vertx,
            InstantSource clock,
            ServerIdentity first,
            Function<Instant, ServerIdentity> certify,
            List<Function<KeyCertOptions, Future<Boolean>>> servers) {
        this.vertx = vertx;
        this.clock = clock;
        this.current = first;
        this.certify = certify;
        this.servers = List.copyOf(servers);
        this.timer = vertx.setPeriodic(PAUSE.toMillis(), look -> renewIfStale());
    }

    private void renewIfStale() {
        Instant now = clock.instant();
        if (!current.isStale(now)) {
            return;
        }
        ServerIdentity next = certify.apply(now);
        current = next;
        Future.all(servers.stream()
                        .map(server -> server.apply(next.key().copy()))
                        .toList())
                .onSuccess(done -> LOG.info("the controller has a new certificate"))
                .onFailure(failure -> LOG.error("the new certificate cannot be used: {}", failure.getMessage()));
    }

    @Override
    public void close() {
        vertx.cancelTimer(timer);
    }
}
