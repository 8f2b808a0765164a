package io.swarmctl.agent.card;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.agent.machine.BootPartition;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorrectionFileTest {
    private static final Correction NOW = new Correction(List.of("10.0.0.9"), true);
    private static final String BEFORE = "controllers=10.0.0.9\nmdns=true\n";
    private static final String AFTER = "controllers=10.0.0.2\nmdns=true\n";

    @TempDir
    private Path directory;

    private Path boot;
    private Path configuration;

    @BeforeEach
    void write() throws IOException {
        boot = Files.createDirectory(directory.resolve("boot"));
        configuration = Files.writeString(directory.resolve("agent.conf"), BEFORE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"swarm-agent.conf", "swarm-agent.conf.txt"})
    void aValidOneIsTakenOnce(String name) throws Exception {
        Files.writeString(boot.resolve(name), "controllers=10.0.0.2\r\n");

        assertThat(file().takeInto(configuration, NOW)).isTrue();

        assertThat(configuration).hasContent(AFTER);
        assertThat(boot.toFile().list()).containsExactly("swarm-agent.conf.taken");
        assertThat(file().takeInto(configuration, NOW)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void aMarkOfByteOrderIsNoPartOfTheText(String charset) throws Exception {
        Files.write(boot.resolve("swarm-agent.conf"), "\uFEFFcontrollers=10.0.0.2".getBytes(Charset.forName(charset)));

        assertThat(file().takeInto(configuration, NOW)).isTrue();
    }

    @Test
    void whatIsNoUtf8InARemarkDoesNoHarm() throws Exception {
        byte[] text = "# für das Labor\ncontrollers=10.0.0.2".getBytes(StandardCharsets.ISO_8859_1);
        Files.write(boot.resolve("swarm-agent.conf"), text);

        assertThat(file().takeInto(configuration, NOW)).isTrue();
    }

    @Test
    void aWrongOneIsLeftAndTheOldConfigurationStays() throws Exception {
        Path correction = Files.writeString(boot.resolve("swarm-agent.conf"), "controllers=10.0.0.2\nspeed=high\n");

        assertThat(file().takeInto(configuration, NOW)).isFalse();

        assertThat(configuration).hasContent(BEFORE);
        assertThat(correction).exists();
        assertThat(file().complaint(NOW))
                .hasValueSatisfying(words ->
                        assertThat(words).isEqualTo("line 2: 'speed' cannot be set here; controllers and mdns can"));
    }

    @Test
    void aPowerFailureBeforeTheFileIsRenamedHasItTakenAgain() throws Exception {
        Files.writeString(boot.resolve("swarm-agent.conf"), "controllers=10.0.0.2");
        Files.writeString(configuration, AFTER);
        Correction corrected = new Correction(List.of("10.0.0.2"), true);

        assertThat(file().takeInto(configuration, corrected)).isFalse();

        assertThat(configuration).hasContent(AFTER);
        assertThat(boot.toFile().list()).containsExactly("swarm-agent.conf.taken");
        assertThat(file().complaint(corrected)).isEmpty();
    }

    @Test
    void aFileThatIsNoTextOfAFewLinesIsNotRead() throws Exception {
        Files.write(boot.resolve("swarm-agent.conf"), new byte[1 << 20]);

        assertThat(file().takeInto(configuration, NOW)).isFalse();
        assertThat(file().complaint(NOW)).contains("it is too long for a text with a few lines");
    }

    private CorrectionFile file() {
        return new CorrectionFile(BootPartition.find(boot).orElseThrow());
    }
}
