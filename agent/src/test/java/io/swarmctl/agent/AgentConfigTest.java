package io.swarmctl.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AgentConfigTest {
    @Test
    void readsWhatIsGivenAndKnowsTheRest() throws Exception {
        AgentConfig config =
                AgentConfig.parse("controllers = 10.0.0.2, rack.local:9444\nmdns=false\n# remark\n", "agent.conf");
        assertThat(config.controllers()).containsExactly("10.0.0.2", "rack.local:9444");
        assertThat(config.mdns()).isFalse();
        assertThat(config.deviceTree()).isEqualTo(Path.of("/proc/device-tree"));
    }

    @Test
    void refusesAKeyThatItDoesNotKnow() {
        assertThatThrownBy(() -> AgentConfig.parse("controler=10.0.0.2", "agent.conf"))
                .hasMessageContaining("agent.conf: 'controler' is not known");
    }

    @Test
    void refusesAnAddressThatIsNone() {
        assertThatThrownBy(() -> AgentConfig.parse("controllers=10.0.0.2, rack:http", "agent.conf"))
                .hasMessageContaining("agent.conf: 'rack:http' is no address of a controller");
    }
}
