package io.swarmctl.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that comes again waits for no handshakes of the connections that it gave up. */
@Timeout(20)
class TurnstileTest {
    private static final int SECONDS = 10;

    private final Turnstile turnstile = new Turnstile();

    @Test
    void whoCameLastPassesWhenTheOneBeforeHasAndThoseBetweenDoNot() throws Exception {
        CountDownLatch passing = new CountDownLatch(1);
        CountDownLatch slow = new CountDownLatch(1);
        CompletableFuture<Socket> first = pass(turnstile.arrive(), () -> {
            passing.countDown();
            await(slow);
            return new Socket();
        });
        await(passing);
        long given = turnstile.arrive();
        long last = turnstile.arrive();
        CompletableFuture<Socket> between = pass(given, () -> {
            throw new IllegalStateException("opened for nobody");
        });
        CompletableFuture<Socket> newest = pass(last, Socket::new);
        assertThat(newest).isNotDone();

        slow.countDown();

        assertThat(first.get(SECONDS, TimeUnit.SECONDS)).isNotNull();
        assertThat(newest.get(SECONDS, TimeUnit.SECONDS)).isNotNull();
        assertThatThrownBy(() -> between.get(SECONDS, TimeUnit.SECONDS)).hasMessageContaining("meanwhile");
    }

    @Test
    void aConnectionThatCannotBeOpenedIsInNobodysWay() throws Exception {
        long arrival = turnstile.arrive();
        assertThatThrownBy(() -> turnstile.pass(arrival, () -> {
                    throw new IOException("nobody answers");
                }))
                .hasMessage("nobody answers");

        assertThat(turnstile.pass(turnstile.arrive(), Socket::new)).isNotNull();
    }

    private CompletableFuture<Socket> pass(long arrival, Tunnel.Uplink uplink) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return turnstile.pass(arrival, uplink);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                work -> new Thread(work, "passing").start());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
