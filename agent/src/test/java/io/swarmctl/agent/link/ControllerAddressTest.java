package io.swarmctl.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
