package io.swarmctl.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControllerAddressTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.2, 10.0.0.2, 8444",
        "10.0.0.2:9000, 10.0.0.2, 9000",
        "rack.local, rack.local, 8444",
        "fd00::1, fd00::1, 8444",
        "[fd00::1], fd00::1, 8444",
        "[fd00::1]:9000, fd00::1, 9000",
    })
    void readsHostAndPort(String text, String host, int port) {
        assertThat(ControllerAddress.parse(text)).isEqualTo(new ControllerAddress(host, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.2:", "10.0.0.2:0", "10.0.0.2:70000", "rack:http", "https://rack", "a b", "-x", "[]"})
    void saysHowAnAddressIsWritten(String text) {
        assertThatThrownBy(() -> ControllerAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text
                        + "' is no address of a controller; write it as 192.168.1.5, rack.local or 192.168.1.5:8444");
    }
}
