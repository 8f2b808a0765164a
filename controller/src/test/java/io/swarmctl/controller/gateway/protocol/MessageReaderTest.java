package io.swarmctl.controller.gateway.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.client.impl.protocol.ClientMessage;
import com.hazelcast.client.impl.protocol.codec.MapGetCodec;
import com.hazelcast.client.impl.protocol.codec.MapSetCodec;
import io.swarmctl.common.wire.BusMaps;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hazelcast's own code writes what is read here, and reads what passes. */
class MessageReaderTest {
    private static final Terms NODE = new Terms("10000000abcdef01", 17, "secret-name");
    private static final int MOST_HELD = BusMaps.longest(BusMaps.OUTPUT) + 1_000;
    private static final Set<Integer> TYPES =
            AllowList.of(NODE).stream().map(Rule::type).collect(Collectors.toSet());

    private final MessageReader reader = new MessageReader(AllowList.of(NODE));
    private final ByteArrayOutputStream passed = new ByteArrayOutputStream();
    private int held;

    static LongStream seeds() {
        return LongStream.range(0, 500);
    }

    @Test
    void whatAnAgentSaysPassesAsItIs() throws Exception {
        byte[] stream = Said.stream(Said.all(NODE));
        give(stream);
        assertThat(passed.toByteArray()).isEqualTo(stream);
        assertThat(reader.held()).isZero();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void howeverTheStreamIsCutItPassesWhole(long seed) throws Exception {
        byte[] stream = Said.stream(Said.all(NODE));
        giveInPieces(stream, new Random(seed));
        assertThat(passed.toByteArray()).isEqualTo(stream);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void ofADamagedStreamOnlyPassesWhatTheMemberReadsAsAllowed(long seed) {
        Random random = new Random(seed);
        byte[] stream = damaged(Said.stream(Said.all(NODE)), random);
        try {
            giveInPieces(stream, random);
        } catch (ViolationException e) {
            assertThat(e).hasMessageNotContaining(NODE.cluster());
        }
        assertThat(held).isLessThan(MOST_HELD);
        byte[] through = passed.toByteArray();
        assertThat(through).isEqualTo(Arrays.copyOf(stream, through.length));
        if (through.length > Said.GREETING.length) {
            Said.read(through).forEach(MessageReaderTest::assertAllowed);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noiseNeverPasses(long seed) {
        Random random = new Random(seed);
        byte[] noise = new byte[1 + random.nextInt(5_000)];
        random.nextBytes(noise);
        byte[] stream = concat(Said.stream(List.of(Said.authentication(NODE.cluster()))), noise);
        int before = stream.length - noise.length;
        try {
            giveInPieces(stream, random);
        } catch (ViolationException e) {
            assertThat(e.getMessage()).matches("[ -~]{10,300}");
        }
        assertThat(passed.size()).isLessThanOrEqualTo(before);
    }

    @Test
    void ofAHugeFrameNothingIsKept() throws Exception {
        give(Said.stream(List.of(Said.authentication(NODE.cluster()))));
        byte[] set = Said.bytes(Said.set(NODE, BusMaps.REPORTS, NODE.nodeId(), "x"));
        int value = set.length - 6 - Said.data("x").toByteArray().length;
        putLength(set, value, Integer.MAX_VALUE);
        assertThatThrownBy(() -> give(set)).hasMessageContaining("a frame of 2147483641 bytes");
        assertThat(reader.held()).isLessThan(500);
    }

    @Test
    void whatIsKeptGrowsWithWhatCameAndNotWithWhatWasAnnounced() throws Exception {
        give(Said.stream(List.of(Said.authentication(NODE.cluster()))));
        byte[] set =
                Said.bytes(Said.set(NODE, BusMaps.OUTPUT, NODE.nodeId(), "x".repeat(BusMaps.longest(BusMaps.OUTPUT))));
        give(Arrays.copyOf(set, 1_000));
        assertThat(reader.held()).isEqualTo(1_000);
        give(Arrays.copyOfRange(set, 1_000, set.length));
        assertThat(reader.held()).isZero();
    }

    private void giveInPieces(byte[] stream, Random random) throws ViolationException {
        int at = 0;
        while (at < stream.length) {
            int size = random.nextInt(4) == 0 ? 1 : 1 + random.nextInt(2_000);
            int end = Math.min(stream.length, at + size);
            give(Arrays.copyOfRange(stream, at, end));
            at = end;
        }
    }

    private void give(byte[] piece) throws ViolationException {
        reader.give(piece);
        Optional<Message> next = reader.next();
        while (next.isPresent()) {
            passed.writeBytes(next.get().bytes());
            next = reader.next();
        }
        held = Math.max(held, reader.held());
    }

    private static void assertAllowed(ClientMessage message) {
        assertThat(message.getMessageType()).isIn(TYPES);
        if (message.getMessageType() == MapSetCodec.REQUEST_MESSAGE_TYPE) {
            MapSetCodec.RequestParameters set = MapSetCodec.decodeRequest(message);
            assertThat(set.name).isIn(BusMaps.REPORTS, BusMaps.OUTPUT);
            assertThat(set.key).isEqualTo(Said.data(NODE.nodeId()));
            assertThat(set.ttl).isEqualTo(-1);
            assertThat(message.getPartitionId()).isEqualTo(NODE.partition());
        }
        if (message.getMessageType() == MapGetCodec.REQUEST_MESSAGE_TYPE) {
            MapGetCodec.RequestParameters get = MapGetCodec.decodeRequest(message);
            assertThat(get.name).isEqualTo(BusMaps.SPECS);
            assertThat(get.key).isEqualTo(Said.data(NODE.nodeId()));
        }
    }

    private static byte[] damaged(byte[] stream, Random random) {
        byte[] damaged = stream;
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            int at = random.nextInt(damaged.length);
            damaged = switch (random.nextInt(4)) {
                case 0 -> flipped(damaged, at, random);
                case 1 -> concat(Arrays.copyOf(damaged, at), Arrays.copyOfRange(damaged, at + 1, damaged.length));
                case 2 -> repeated(damaged, at, random);
                default -> {
                    putLength(damaged, Math.min(at, damaged.length - 4), random.nextInt());
                    yield damaged;
                }
            };
        }
        return damaged;
    }

    private static byte[] flipped(byte[] bytes, int at, Random random) {
        byte[] copy = bytes.clone();
        copy[at] ^= (byte) (1 << random.nextInt(8));
        return copy;
    }

    private static byte[] repeated(byte[] bytes, int at, Random random) {
        int end = Math.min(bytes.length, at + 1 + random.nextInt(100));
        return concat(Arrays.copyOf(bytes, end), Arrays.copyOfRange(bytes, at, bytes.length));
    }

    private static void putLength(byte[] bytes, int at, int length) {
        for (int i = 0; i < 4; i++) {
            bytes[at + i] = (byte) (length >> (8 * i));
        }
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
