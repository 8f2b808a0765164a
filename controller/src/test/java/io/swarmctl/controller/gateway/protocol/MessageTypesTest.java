package io.swarmctl.controller.gateway.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.client.impl.protocol.ClientMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

class MessageTypesTest {
    private static final String CODECS = "com/hazelcast/client/impl/protocol/codec/";

    @Test
    void everyMessageHasTheNameThatHazelcastGivesIt() throws Exception {
        Map<Integer, String> ours = new TreeMap<>();
        MessageTypes.names().forEach((type, name) -> ours.put(type, name.replace(".", "")));
        assertThat(ours).containsExactlyInAnyOrderEntriesOf(hazelcasts()).hasSizeGreaterThan(400);
    }

    @Test
    void whatHasNoNameIsShownByItsNumber() {
        assertThat(MessageTypes.words(0x012d00)).isEqualTo("Map.Clear (0x012d00)");
        assertThat(MessageTypes.words(-2)).isEqualTo("an unknown message (0xfffffffe)");
    }

    private static Map<Integer, String> hazelcasts() throws IOException, ReflectiveOperationException {
        Path jar = Path.of(ClientMessage.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        Map<Integer, String> names = new TreeMap<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (String entry : file.stream().map(Object::toString).toList()) {
                if (entry.matches(CODECS + "[A-Za-z_]+Codec\\.class")) {
                    String simple = entry.substring(CODECS.length(), entry.length() - "Codec.class".length());
                    Class<?> codec =
                            Class.forName(entry.substring(0, entry.length() - 6).replace('/', '.'));
                    names.put(codec.getField("REQUEST_MESSAGE_TYPE").getInt(null), simple);
                }
            }
        }
        return names;
    }
}
