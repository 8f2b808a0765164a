package io.swarmctl.controller.gateway.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.hazelcast.client.impl.protocol.ClientMessage;
import com.hazelcast.client.impl.protocol.ClientMessage.Frame;
import com.hazelcast.client.impl.protocol.codec.ClientAuthenticationCodec;
import com.hazelcast.client.impl.protocol.codec.ClientCreateProxyCodec;
import com.hazelcast.client.impl.protocol.codec.DynamicConfigAddQueueConfigCodec;
import com.hazelcast.client.impl.protocol.codec.ExecutorServiceSubmitToMemberCodec;
import com.hazelcast.client.impl.protocol.codec.JetSubmitJobCodec;
import com.hazelcast.client.impl.protocol.codec.MapAddEntryListenerCodec;
import com.hazelcast.client.impl.protocol.codec.MapAddEntryListenerToKeyCodec;
import com.hazelcast.client.impl.protocol.codec.MapClearCodec;
import com.hazelcast.client.impl.protocol.codec.MapExecuteOnKeyCodec;
import com.hazelcast.client.impl.protocol.codec.MapRemoveCodec;
import com.hazelcast.client.impl.protocol.codec.MapSetCodec;
import io.swarmctl.common.wire.BusMaps;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AllowListTest {
    private static final String OWN = "10000000abcdef01";
    private static final String OTHER = "10000000abcdef02";
    private static final Terms NODE = new Terms(OWN, 17, "secret-name");
    private static final String TEXT = "eyJ.x.y";

    private final MessageReader reader = new MessageReader(AllowList.of(NODE));

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments(
                        "another node's spec",
                        Said.get(NODE, BusMaps.SPECS, OTHER),
                        "Map.Get (0x010200) on 'specs': not its own key"),
                arguments(
                        "its own report, which nobody has to read",
                        Said.get(NODE, BusMaps.REPORTS, OWN),
                        "Map.Get (0x010200) on 'reports'"),
                arguments(
                        "a key of its own in another's partition",
                        Said.at(18, Said.get(NODE, BusMaps.SPECS, OWN)),
                        "not a head with partition 17"),
                arguments(
                        "a key in no partition",
                        Said.at(-1, Said.get(NODE, BusMaps.SPECS, OWN)),
                        "not a head with partition 17"),
                arguments(
                        "its own spec, written",
                        Said.set(NODE, BusMaps.SPECS, OWN, TEXT),
                        "Map.Set (0x010f00) on 'specs': "),
                arguments(
                        "another node's report, written",
                        Said.set(NODE, BusMaps.REPORTS, OTHER, TEXT),
                        "Map.Set (0x010f00) on 'reports': "),
                arguments(
                        "another node's diagnosis, written",
                        Said.set(NODE, BusMaps.DIAGNOSES, OTHER, TEXT),
                        "Map.Set (0x010f00) on 'diagnoses': "),
                arguments(
                        "another node's benchmark, written",
                        Said.set(NODE, BusMaps.BENCHMARKS, OTHER, TEXT),
                        "Map.Set (0x010f00) on 'benchmarks': "),
                arguments("its own diagnosis, read", Said.get(NODE, BusMaps.DIAGNOSES, OWN), "on 'diagnoses'"),
                arguments(
                        "a diagnosis longer than any",
                        Said.set(NODE, BusMaps.DIAGNOSES, OWN, "x".repeat(BusMaps.longest(BusMaps.DIAGNOSES) + 1)),
                        "a frame of 1000013 bytes"),
                arguments(
                        "a longer key that begins like its own",
                        Said.set(NODE, BusMaps.REPORTS, OWN + "0", TEXT),
                        "not its own key"),
                arguments("a map of its own", Said.set(NODE, "mine", OWN, TEXT), "on 'mine'"),
                arguments(
                        "a value that is no string",
                        Said.at(17, MapSetCodec.encodeRequest(BusMaps.REPORTS, Said.data(OWN), Said.data(42L), 1, -1)),
                        "a signed text"),
                arguments(
                        "a value that is not signed",
                        Said.set(NODE, BusMaps.REPORTS, OWN, "{\"json\": true}"),
                        "a signed text"),
                arguments(
                        "a report longer than any",
                        Said.set(NODE, BusMaps.REPORTS, OWN, "x".repeat(BusMaps.longest(BusMaps.REPORTS) + 1)),
                        "a frame of 1000013 bytes"),
                arguments(
                        "a value that goes by itself",
                        Said.at(17, MapSetCodec.encodeRequest(BusMaps.REPORTS, Said.data(OWN), Said.data(TEXT), 1, 5)),
                        "time to live -1"),
                arguments(
                        "to listen to another node's spec",
                        Said.listen(BusMaps.SPECS, OTHER),
                        "Map.AddEntryListenerToKey (0x011800) on 'specs': "),
                arguments("to listen to reports", Said.listen(BusMaps.REPORTS, OWN), "on 'reports'"),
                arguments(
                        "to listen to removals too",
                        MapAddEntryListenerToKeyCodec.encodeRequest(BusMaps.SPECS, Said.data(OWN), true, 0b111, false),
                        "events 5"),
                arguments(
                        "to listen to all specs",
                        MapAddEntryListenerCodec.encodeRequest(BusMaps.SPECS, true, 5, false),
                        "Map.AddEntryListener (0x011900) on 'specs': not on the list"),
                arguments("a new map", Said.proxy("another"), "Client.CreateProxy (0x000400) on 'another'"),
                arguments(
                        "a queue",
                        ClientCreateProxyCodec.encodeRequest("specs", "hz:impl:queueService"),
                        "the name of the map service"),
                arguments(
                        "many proxies at once",
                        Said.proxies("specs", "reports", "output", "diagnoses", "benchmarks", "specs"),
                        "Client.CreateProxies (0x000e00)"),
                arguments(
                        "to clear a map",
                        MapClearCodec.encodeRequest(BusMaps.SPECS),
                        "Map.Clear (0x012d00) on 'specs': not on the list"),
                arguments(
                        "to remove its report",
                        MapRemoveCodec.encodeRequest(BusMaps.REPORTS, Said.data(OWN), 1),
                        "Map.Remove"),
                arguments(
                        "an entry processor",
                        MapExecuteOnKeyCodec.encodeRequest(BusMaps.REPORTS, Said.data("run"), Said.data(OWN), 1),
                        "Map.ExecuteOnKey"),
                arguments(
                        "a task",
                        ExecutorServiceSubmitToMemberCodec.encodeRequest(
                                "any", UUID.randomUUID(), Said.data("run"), UUID.randomUUID()),
                        "ExecutorService.SubmitToMember (0x080600) on 'any'"),
                arguments("a job", JetSubmitJobCodec.encodeRequest(1, Said.data("dag"), null, null), "Jet.SubmitJob"),
                arguments(
                        "a configuration with a class's name",
                        DynamicConfigAddQueueConfigCodec.encodeRequest(
                                "queue", null, 0, 0, 10, 60, true, null, null, "com.example.Loaded", 100, null, null),
                        "DynamicConfig.AddQueueConfig"),
                arguments(
                        "a second authentication",
                        Said.authentication(NODE.cluster()),
                        "Client.Authentication (0x000100): a second authentication"),
                arguments("a type that nobody knows", typed(Said.ping(), 0x7f7f7f), "an unknown message (0x7f7f7f)"),
                arguments("an answer", typed(Said.ping(), 0x000b01), "0x000b01"),
                arguments("a frame more", with(Said.ping(), new Frame(new byte[3])), "Client.Ping"),
                arguments(
                        "a frame more at the end",
                        with(Said.get(NODE, "specs", OWN), new Frame(new byte[0])),
                        "Map.Get"),
                arguments("a beginning of fragments", flagged(Said.ping(), 0x8000), "a fragment of a message"),
                arguments("an end of fragments", flagged(Said.ping(), 0x4000), "a fragment of a message"),
                arguments("an event", flagged(Said.ping(), 0xc200), "a fragment of a message"),
                arguments("what asks for acknowledgements of backups", flagged(Said.ping(), 0xc100), "a fragment"),
                arguments(
                        "a name that spoils a terminal",
                        MapClearCodec.encodeRequest("a\u001b[2J\u202e'<b>"),
                        "on 'a??2J"),
                arguments(
                        "a name without end",
                        MapClearCodec.encodeRequest("n".repeat(100)),
                        "'" + "n".repeat(40) + "~'"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void isRefused(String what, ClientMessage message, String reason) throws Exception {
        authenticate();
        reader.give(Said.bytes(message));
        assertThatThrownBy(reader::next)
                .as(what)
                .isInstanceOf(ViolationException.class)
                .hasMessageContaining(reason)
                .hasMessageNotContaining(NODE.cluster());
    }

    static Stream<Arguments> strangers() {
        return Stream.of(
                arguments("another bus's name", Said.authentication("dev")),
                arguments("a ping first", Said.ping()),
                arguments("a user", authentication("admin", "JVM", List.of(), 0)),
                arguments("another kind of client", authentication(null, "CPP", List.of(), 0)),
                arguments("labels", authentication(null, "JVM", List.of("label"), 0)),
                arguments("all members at once", authentication(null, "JVM", List.of(), 1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("strangers")
    void isNoAuthentication(String what, ClientMessage message) throws Exception {
        reader.give(Said.GREETING);
        assertThat(reader.next()).isPresent();
        reader.give(Said.bytes(message));
        assertThatThrownBy(reader::next)
                .as(what)
                .isInstanceOf(ViolationException.class)
                .hasMessageNotContaining(NODE.cluster());
    }

    @Test
    void whoDoesNotGreetLikeAClientIsRefused() {
        reader.give("GET".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(reader::next).hasMessageContaining("does not begin with CP2");
    }

    @Test
    void listenersAndProxiesHaveAnEnd() throws Exception {
        authenticate();
        byte[] listen = Said.bytes(Said.listen(BusMaps.SPECS, OWN));
        for (int i = 0; i < 4; i++) {
            reader.give(listen);
            assertThat(reader.next()).isPresent();
        }
        reader.give(listen);
        assertThatThrownBy(reader::next).hasMessageContaining("more than 4 times");
    }

    @Test
    void theLongestReportAndTheLongestOutputPass() throws Exception {
        authenticate();
        for (String map : List.of(BusMaps.REPORTS, BusMaps.OUTPUT)) {
            reader.give(Said.bytes(Said.set(NODE, map, OWN, "x".repeat(BusMaps.longest(map)))));
            assertThatCode(() -> assertThat(reader.next()).isPresent()).doesNotThrowAnyException();
        }
    }

    private void authenticate() throws ViolationException {
        reader.give(Said.stream(List.of(Said.authentication(NODE.cluster()))));
        assertThat(reader.next()).isPresent();
        assertThat(reader.next()).isPresent();
    }

    private static ClientMessage authentication(@Nullable String user, String type, List<String> labels, int routing) {
        return ClientAuthenticationCodec.encodeRequest(
                NODE.cluster(), user, null, null, type, (byte) 1, "5.6.0", "one", labels, (byte) routing, false);
    }

    private static ClientMessage typed(ClientMessage message, int type) {
        return changed(message, one -> one.setMessageType(type));
    }

    private static ClientMessage flagged(ClientMessage message, int flags) {
        message.getStartFrame().flags = flags;
        return message;
    }

    private static ClientMessage with(ClientMessage message, Frame frame) {
        return changed(message, one -> one.add(frame));
    }

    private static ClientMessage changed(ClientMessage message, UnaryOperator<ClientMessage> change) {
        return change.apply(message);
    }
}
