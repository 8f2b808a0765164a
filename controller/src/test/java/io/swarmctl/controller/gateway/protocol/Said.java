package io.swarmctl.controller.gateway.protocol;

import com.hazelcast.client.impl.protocol.ClientMessage;
import com.hazelcast.client.impl.protocol.ClientMessageReader;
import com.hazelcast.client.impl.protocol.ClientMessageWriter;
import com.hazelcast.client.impl.protocol.codec.ClientAddClusterViewListenerCodec;
import com.hazelcast.client.impl.protocol.codec.ClientAuthenticationCodec;
import com.hazelcast.client.impl.protocol.codec.ClientCreateProxiesCodec;
import com.hazelcast.client.impl.protocol.codec.ClientCreateProxyCodec;
import com.hazelcast.client.impl.protocol.codec.ClientPingCodec;
import com.hazelcast.client.impl.protocol.codec.MapAddEntryListenerToKeyCodec;
import com.hazelcast.client.impl.protocol.codec.MapGetCodec;
import com.hazelcast.client.impl.protocol.codec.MapSetCodec;
import com.hazelcast.internal.serialization.Data;
import com.hazelcast.internal.serialization.InternalSerializationService;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import io.swarmctl.common.wire.BusMaps;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What a client says, made and read by Hazelcast's own code. */
public final class Said {
    public static final byte[] GREETING = "CP2".getBytes(StandardCharsets.US_ASCII);
    public static final String MAP_SERVICE = "hz:impl:mapService";
    private static final InternalSerializationService SERIALIZATION = new DefaultSerializationServiceBuilder().build();
    private static final long THREAD = 77;

    private Said() {}

    public static Data data(Object value) {
        return SERIALIZATION.toData(value);
    }

    public static ClientMessage authentication(String cluster) {
        return ClientAuthenticationCodec.encodeRequest(
                cluster,
                null,
                null,
                UUID.randomUUID(),
                "JVM",
                (byte) 1,
                "5.6.0",
                "hz.client_1",
                List.of(),
                (byte) 0,
                false);
    }

    public static ClientMessage view() {
        return ClientAddClusterViewListenerCodec.encodeRequest();
    }

    public static ClientMessage ping() {
        return ClientPingCodec.encodeRequest();
    }

    public static ClientMessage proxy(String map) {
        return ClientCreateProxyCodec.encodeRequest(map, MAP_SERVICE);
    }

    public static ClientMessage proxies(String... maps) {
        List<Map.Entry<String, String>> entries = new ArrayList<>();
        for (String map : maps) {
            entries.add(Map.entry(map, MAP_SERVICE));
        }
        return ClientCreateProxiesCodec.encodeRequest(entries);
    }

    public static ClientMessage get(Terms node, String map, String key) {
        return at(node.partition(), MapGetCodec.encodeRequest(map, data(key), THREAD));
    }

    public static ClientMessage set(Terms node, String map, String key, String value) {
        return at(node.partition(), MapSetCodec.encodeRequest(map, data(key), data(value), THREAD, -1));
    }

    public static ClientMessage listen(String map, String key) {
        return MapAddEntryListenerToKeyCodec.encodeRequest(map, data(key), true, 0b101, false);
    }

    public static ClientMessage at(int partition, ClientMessage message) {
        message.setPartitionId(partition);
        return message;
    }

    /** Everything that an agent may say, in an order in which one could. */
    public static List<ClientMessage> all(Terms node) {
        return List.of(
                authentication(node.cluster()),
                view(),
                proxies(BusMaps.OUTPUT, BusMaps.SPECS, BusMaps.REPORTS),
                proxies(BusMaps.SPECS),
                proxy(BusMaps.SPECS),
                proxy(BusMaps.REPORTS),
                proxy(BusMaps.OUTPUT),
                listen(BusMaps.SPECS, node.nodeId()),
                get(node, BusMaps.SPECS, node.nodeId()),
                ping(),
                set(node, BusMaps.REPORTS, node.nodeId(), "eyJhbGciOiJFUzI1NiJ9.eyJub2RlIjoiYSJ9.c2ln-_"),
                set(node, BusMaps.OUTPUT, node.nodeId(), "a.b.c".repeat(1_000)),
                ping());
    }

    public static byte[] bytes(ClientMessage message) {
        ByteBuffer buffer = ByteBuffer.allocate(message.getBufferLength());
        if (!new ClientMessageWriter().writeTo(buffer, message)) {
            throw new IllegalStateException("no room");
        }
        return buffer.array();
    }

    public static byte[] stream(List<ClientMessage> messages) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        stream.writeBytes(GREETING);
        messages.forEach(message -> stream.writeBytes(bytes(message)));
        return stream.toByteArray();
    }

    /** The messages that a member reads from a stream. */
    public static List<ClientMessage> read(byte[] stream) {
        ByteBuffer buffer = ByteBuffer.wrap(stream, GREETING.length, stream.length - GREETING.length);
        List<ClientMessage> messages = new ArrayList<>();
        ClientMessageReader reader = new ClientMessageReader(0);
        while (buffer.hasRemaining() && reader.readFrom(buffer, true)) {
            messages.add(reader.getClientMessage());
            reader = new ClientMessageReader(0);
        }
        return messages;
    }
}
