package io.swarmctl.controller.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.hazelcast.client.impl.protocol.ClientMessage;
import com.hazelcast.client.impl.protocol.codec.ExecutorServiceSubmitToMemberCodec;
import com.hazelcast.client.impl.protocol.codec.JetSubmitJobCodec;
import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.wire.BusMaps;
import io.swarmctl.controller.fleet.FleetEvent;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.Transition;
import io.swarmctl.controller.gateway.protocol.Said;
import io.swarmctl.controller.gateway.protocol.Terms;
import io.swarmctl.controller.server.TestFleet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that no client of Hazelcast's sends, or not so, from somebody who has a node's card. */
@TestInstance(Lifecycle.PER_CLASS)
class RogueMessagesTest {
    private static final Duration AT_ONCE = Duration.ofSeconds(3);
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration WITHOUT_A_MESSAGE = Duration.ofSeconds(35);

    private TestFleet fleet;
    private String key;
    private int cards;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        fleet = new TestFleet(directory);
        key = fleet.enrolmentKey(100);
    }

    @AfterAll
    void stop() throws Exception {
        fleet.close();
    }

    static Stream<Arguments> messages() {
        return Stream.of(
                attempt(
                        "a task, with no proxy made before",
                        node -> Said.bytes(ExecutorServiceSubmitToMemberCodec.encodeRequest(
                                "any", UUID.randomUUID(), Said.data("run"), UUID.randomUUID())),
                        "ExecutorService.SubmitToMember (0x080600) on 'any': not on the list"),
                attempt(
                        "a job of Jet's",
                        node -> Said.bytes(JetSubmitJobCodec.encodeRequest(1, Said.data("dag"), null, null)),
                        "Jet.SubmitJob (0xfe0100)"),
                attempt(
                        "its own key in another's partition",
                        node -> Said.bytes(
                                Said.at(node.partition() + 1, Said.set(node, BusMaps.REPORTS, node.nodeId(), "x.y.z"))),
                        "Map.Set (0x010f00) on 'reports': not a head with partition"),
                attempt(
                        "the first fragment of a message",
                        node -> flagged(Said.get(node, BusMaps.SPECS, node.nodeId()), 0x8000),
                        "no message: a fragment of a message"),
                attempt(
                        "a second authentication",
                        node -> Said.bytes(Said.authentication(node.cluster())),
                        "Client.Authentication (0x000100): a second authentication"),
                attempt("garbage", node -> garbage(), "no message: a f"),
                attempt(
                        "a value of two gigabytes, announced",
                        node -> withLastFrameOf(Integer.MAX_VALUE, Said.set(node, "reports", node.nodeId(), "x")),
                        "Map.Set (0x010f00) on 'reports': a frame of 2147483641 bytes"),
                attempt(
                        "a frame of negative length",
                        node -> withLastFrameOf(-1, Said.set(node, "reports", node.nodeId(), "x")),
                        "Map.Set (0x010f00) on 'reports': a frame of -7 bytes"),
                attempt(
                        "listeners by the thousand",
                        node -> repeated(1_000, Said.listen(BusMaps.SPECS, node.nodeId())),
                        "Map.AddEntryListenerToKey (0x011800) on 'specs': more than 4 times on one connection"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void endsTheConnectionAndIsNamed(String what, Function<Terms, byte[]> message, String named) throws Exception {
        try (StolenCard card = card()) {
            Map<String, String> specs = Members.entries(card.terms().cluster(), BusMaps.SPECS);
            RawBus bus = RawBus.authenticated(card);
            bus.sendUntilEnded(message.apply(card.terms()));

            assertThat(bus.isEndedWithin(AT_ONCE)).as(what).isTrue();
            await().atMost(SOON).untilAsserted(() -> assertThat(told(card)).hasSize(1));
            assertThat(told(card).get(0))
                    .contains(named)
                    .doesNotContain(card.terms().cluster());
            assertThat(Members.objects(card.terms().cluster()))
                    .containsExactly(
                            BusMaps.BENCHMARKS, BusMaps.DIAGNOSES, BusMaps.OUTPUT, BusMaps.REPORTS, BusMaps.SPECS);
            assertThat(Members.entries(card.terms().cluster(), BusMaps.SPECS)).isEqualTo(specs);
        }
    }

    @Test
    void whoDoesNotKnowTheBussNameNeverReachesTheBus() throws Exception {
        try (StolenCard card = card()) {
            RawBus bus = new RawBus(card);
            bus.send(Said.stream(List.of(Said.authentication("dev"))));
            assertThat(bus.isEndedWithin(AT_ONCE)).isTrue();
            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(told(card)).singleElement().asString().contains("not the bus's name"));
        }
    }

    @Test
    void allItsConnectionsAreEndedAndItIsShutOutForAWhile() throws Exception {
        try (StolenCard card = card()) {
            RawBus innocent = RawBus.authenticated(card);
            RawBus guilty = RawBus.authenticated(card);
            guilty.send(garbage());
            assertThat(guilty.isEndedWithin(AT_ONCE)).isTrue();
            assertThat(innocent.isEndedWithin(AT_ONCE)).isTrue();
            assertThat(RawBus.authenticated(card).isEndedWithin(AT_ONCE)).isTrue();

            fleet.boot(card.nodeId(), key);
            await("its agent, when the time is over").atMost(SOON).until(() -> isConnected(card));
            fleet.halt(card.nodeId());
        }
    }

    @Test
    void whoDripsBytesWithoutEverSayingAnythingIsSentAway() throws Exception {
        try (StolenCard card = card()) {
            RawBus bus = RawBus.authenticated(card);
            byte[] longest = Said.bytes(
                    Said.set(card.terms(), BusMaps.OUTPUT, card.nodeId(), "x".repeat(BusMaps.longest(BusMaps.OUTPUT))));
            int[] at = {0};
            await().atMost(WITHOUT_A_MESSAGE)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> {
                        try {
                            bus.send(Arrays.copyOfRange(longest, at[0], ++at[0]));
                            return false;
                        } catch (IOException e) {
                            return true;
                        }
                    });
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(told(card))
                            .singleElement()
                            .asString()
                            .contains("sends bytes that become no message"));
        }
    }

    @Test
    void aFloodIsHeldBackAndNamedWhileOthersConverge() throws Exception {
        List<Thread> flood;
        try (StolenCard card = card()) {
            long before = pings();
            long began = System.nanoTime();
            byte[] pings = repeated(500, Said.ping());
            flood = Stream.generate(() -> new Thread(() -> flood(card, pings), "flood"))
                    .limit(3)
                    .toList();
            flood.forEach(Thread::start);

            String other = "bystander";
            fleet.boot(other, key);
            await().atMost(SOON).until(() -> isReady(other));
            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(told(card)).singleElement().asString().contains("sends more than any agent"));

            double seconds = (System.nanoTime() - began) / 1e9;
            assertThat(pings() - before).isBetween(100L, (long) (100 + 20 * seconds + seconds));
            assertThat(fleet.fleet().connected()).contains(other);
            fleet.halt(other);
        }
        for (Thread thread : flood) {
            thread.join(SOON.toMillis());
            assertThat(thread.isAlive()).isFalse();
        }
    }

    @Test
    void whoDoesNotReadIsNotReadFromEither() throws Exception {
        try (StolenCard card = card()) {
            RawBus bus = RawBus.authenticated(card);
            bus.readLittle();
            byte[] asking = repeated(100, Said.get(card.terms(), BusMaps.SPECS, card.nodeId()));
            Thread asker = new Thread(() -> repeat(bus, asking), "asker");
            asker.start();

            await("the gateway to stop asking for it")
                    .atMost(WITHOUT_A_MESSAGE)
                    .until(() -> asked() > 50 && isStill(this::asked));
            await().atMost(WITHOUT_A_MESSAGE).until(() -> !isConnected(card));
            asker.join(SOON.toMillis());
            assertThat(asker.isAlive()).isFalse();
        }
    }

    @Test
    void aConnectionMadeWithAReplacedKeyIsCut() throws Exception {
        try (StolenCard card = card()) {
            RawBus bus = RawBus.authenticated(card);
            await().atMost(SOON).until(() -> isConnected(card));
            fleet.change(current -> {
                FleetNode node = current.node(card.nodeId()).orElseThrow();
                return Transition.silent(
                        current.with(node.withKey(EcKeys.generate().publicJwk())));
            });
            assertThat(bus.isEndedWithin(Duration.ofSeconds(1))).isTrue();
            assertThat(RawBus.authenticated(card).isEndedWithin(AT_ONCE)).isTrue();
        }
    }

    private StolenCard card() throws Exception {
        return StolenCard.of(fleet, "rogue-" + ++cards, key);
    }

    private boolean isConnected(StolenCard card) {
        return fleet.fleet().connected().contains(card.nodeId());
    }

    private boolean isReady(String serial) {
        return fleet.fleet().node(serial).stream().anyMatch(node -> node.report() != null);
    }

    private long pings() {
        return fleet.controller().gatewayCounters().messages().getOrDefault("ping", 0L);
    }

    private long asked() {
        return fleet.controller().gatewayCounters().messages().getOrDefault("get spec", 0L);
    }

    private List<String> told(StolenCard card) throws IOException {
        return fleet.events().stream()
                .filter(event -> card.nodeId().equals(event.nodeId()))
                .filter(event -> event.actor().equals("gateway"))
                .map(FleetEvent::text)
                .toList();
    }

    private static boolean isStill(LongSupplier count) {
        long before = count.getAsLong();
        long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
        while (System.nanoTime() < end) {
            if (count.getAsLong() != before) {
                return false;
            }
            Thread.onSpinWait();
        }
        return true;
    }

    private static void flood(StolenCard card, byte[] bytes) {
        try {
            repeat(RawBus.authenticated(card), bytes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Until the connection is ended. */
    private static void repeat(RawBus bus, byte[] bytes) {
        try {
            while (true) {
                bus.send(bytes);
            }
        } catch (IOException e) {
            // Ended.
        }
    }

    private static byte[] repeated(int times, ClientMessage message) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            all.writeBytes(Said.bytes(message));
        }
        return all.toByteArray();
    }

    private static byte[] flagged(ClientMessage message, int flags) {
        message.getStartFrame().flags = flags;
        return Said.bytes(message);
    }

    private static byte[] garbage() {
        byte[] garbage = new byte[10_000];
        new Random(1).nextBytes(garbage);
        return garbage;
    }

    private static byte[] withLastFrameOf(int length, ClientMessage message) {
        byte[] bytes = Said.bytes(message);
        int header = bytes.length - message.getEndFrame().content.length - 6;
        for (int i = 0; i < 4; i++) {
            bytes[header + i] = (byte) (length >> (8 * i));
        }
        return bytes;
    }

    private static Arguments attempt(String what, Function<Terms, byte[]> message, String named) {
        return arguments(what, message, named);
    }
}
