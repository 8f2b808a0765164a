package io.swarmctl.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who calls again has given up the call before. */
@Timeout(20)
class CallersTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration AT_ONCE = Duration.ofMillis(50);

    private final Callers callers = new Callers(SOON);
    private ServerSocket local;

    @BeforeEach
    void open() throws IOException {
        local = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        callers.close();
        local.close();
    }

    @Test
    void theNewestTakesThePlaceOfTheOneBefore() throws Exception {
        try (Socket first = call();
                Socket second = call()) {
            second.getOutputStream().write(2);
            assertThat(first.getInputStream().read()).isEqualTo(-1);
            assertThat(callers.take(SOON, () -> {}).orElseThrow().socket().getPort())
                    .isEqualTo(second.getLocalPort());
        }
    }

    @Test
    void whatWasSaidWhileWaitingIsNotLost() throws Exception {
        try (Socket caller = call()) {
            caller.getOutputStream().write(new byte[] {1, 2, 3});
            assertThat(callers.take(SOON, () -> {}).orElseThrow().said())
                    .isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        }
    }

    @Test
    void whoHasSaidSomethingBeforeHangingUpIsPassedOverToo() throws Exception {
        try (Socket caller = call()) {
            caller.getOutputStream().write(1);
        }
        assertThat(callers.take(AT_ONCE, () -> {})).isEmpty();
    }

    @Test
    void whoHasHungUpIsPassedOver() throws Exception {
        call().close();
        assertThat(callers.take(AT_ONCE, () -> {})).isEmpty();
    }

    @Test
    void whoHasWaitedForLongIsHungUpOnAndCallsAgain() throws Exception {
        Duration noTime = Duration.ZERO;
        try (Callers impatient = new Callers(noTime);
                Socket caller = new Socket(InetAddress.getLoopbackAddress(), local.getLocalPort())) {
            impatient.come(local.accept());
            assertThat(impatient.take(AT_ONCE, () -> {})).isEmpty();
            assertThat(caller.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void whoCallsAfterOneThatHasHungUpEndsNothing() throws Exception {
        AtomicInteger ended = new AtomicInteger();
        call().close();
        assertThat(callers.take(AT_ONCE, ended::incrementAndGet)).isEmpty();
        try (Socket next = call()) {
            assertThat(next.isConnected()).isTrue();
            assertThat(ended).hasValue(0);
        }
    }

    @Test
    void whoCallsNextEndsTheOneThatIsCarried() throws Exception {
        AtomicInteger ended = new AtomicInteger();
        try (Socket carried = call()) {
            assertThat(carried.isConnected()).isTrue();
            assertThat(callers.take(SOON, ended::incrementAndGet)).isPresent();
            call().close();
            assertThat(ended).hasValue(1);
        }
    }

    @Test
    void whoCallsAfterTheEndIsHungUpOn() throws Exception {
        callers.close();
        try (Socket late = call()) {
            assertThat(late.getInputStream().read()).isEqualTo(-1);
            assertThat(callers.await()).isFalse();
        }
    }

    private Socket call() throws IOException {
        Socket caller = new Socket(InetAddress.getLoopbackAddress(), local.getLocalPort());
        callers.come(local.accept());
        return caller;
    }
}
