package io.swarmctl.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class LocalDiscoveryTest {
    private static final ControllerAddress IN_THE_IMAGE = new ControllerAddress("controller.example", 8444);
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void whatStandsInTheImageComesFirstAndNothingTwice() throws Exception {
        ControllerAddress heard = new ControllerAddress("192.0.2.9", 8444);
        LocalDiscovery discovery =
                new LocalDiscovery(List.of(IN_THE_IMAGE), here(2), from -> List.of(heard, IN_THE_IMAGE), LONG);

        assertThat(discovery.controllers()).containsExactly(IN_THE_IMAGE, heard);
    }

    @Test
    void nobodyListensIntoTheNetworkBeforeTheAddressesInTheImageHaveBeenTried() throws Exception {
        ControllerAddress heard = new ControllerAddress("192.0.2.9", 8444);
        AtomicInteger asked = new AtomicInteger();
        LocalDiscovery discovery = new LocalDiscovery(
                List.of(IN_THE_IMAGE),
                here(1),
                from -> {
                    asked.incrementAndGet();
                    return List.of(heard);
                },
                LONG);

        Iterator<ControllerAddress> addresses = discovery.controllers().iterator();

        assertThat(addresses.next()).isEqualTo(IN_THE_IMAGE);
        assertThat(asked).hasValue(0);
        assertThat(addresses.next()).isEqualTo(heard);
        assertThat(addresses.hasNext()).isFalse();
        assertThat(asked).hasValue(1);
    }

    @Test
    void allAddressesOfTheMachineAreAskedFromSideBySide() throws Exception {
        CyclicBarrier together = new CyclicBarrier(3);
        LocalDiscovery discovery = new LocalDiscovery(
                List.of(),
                here(3),
                from -> {
                    meet(together);
                    return List.of(new ControllerAddress(from.getHostAddress(), 1));
                },
                LONG);

        assertThat(discovery.controllers())
                .extracting(ControllerAddress::host)
                .containsExactly("192.0.2.1", "192.0.2.2", "192.0.2.3");
    }

    @Test
    void aNetworkThatDoesNotAnswerInTimeOrFailsHoldsUpNobody() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        LocalDiscovery discovery = new LocalDiscovery(
                List.of(IN_THE_IMAGE),
                here(3),
                from -> {
                    if (from.getHostAddress().endsWith(".1")) {
                        throw new IOException("no such device");
                    }
                    if (from.getHostAddress().endsWith(".2")) {
                        await(never);
                    }
                    return List.of(new ControllerAddress("192.0.2.9", 8444));
                },
                Duration.ofMillis(500));

        assertThat(discovery.controllers()).containsExactly(IN_THE_IMAGE, new ControllerAddress("192.0.2.9", 8444));
    }

    private static Supplier<List<InetAddress>> here(int count) throws UnknownHostException {
        List<InetAddress> addresses = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            addresses.add(InetAddress.getByName("192.0.2." + i));
        }
        return () -> addresses;
    }

    private static void meet(CyclicBarrier together) {
        try {
            together.await(10, TimeUnit.SECONDS);
        } catch (BrokenBarrierException | TimeoutException | InterruptedException e) {
            throw new IllegalStateException("they did not come at the same time", e);
        }
    }

    private static void await(CountDownLatch never) {
        try {
            boolean unused = never.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
