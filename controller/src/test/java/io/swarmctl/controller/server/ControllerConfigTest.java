package io.swarmctl.controller.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ControllerConfigTest {
    private static final String FILE = "/etc/swarmctl/controller.yaml";

    @Test
    void nothingNeedsToBeGiven() throws ControllerConfigException {
        assertThat(ControllerConfig.of(Map.of(), Map.of("HOME", "/home/me"), ConfigFile.NONE))
                .isEqualTo(new ControllerConfig(
                        8443,
                        8444,
                        "0.0.0.0",
                        Path.of("/home/me/.local/share/swarmctl"),
                        true,
                        List.of(),
                        List.of(),
                        List.of(),
                        ""));
    }

    @Test
    void everyOptionHasTheSameNameEverywhere() throws ControllerConfigException {
        ControllerConfig wanted = new ControllerConfig(
                1,
                2,
                "10.0.0.1",
                Path.of("/data"),
                false,
                List.of("10.0.0.1", "fd00::1"),
                List.of("fleet.example.org"),
                List.of("mirror.lan:3142"),
                "http://mirror.lan:3142/debian");
        Map<String, String> flags = Map.of(
                "https-port", "1",
                "gateway-port", "2",
                "listen", "10.0.0.1",
                "data-directory", "/data",
                "mdns", "false",
                "addresses", "10.0.0.1, fd00::1",
                "names", "fleet.example.org",
                "cache-upstreams", "Mirror.lan:3142",
                "debian-mirror", "http://mirror.lan:3142/debian");
        Map<String, String> environment = Map.of(
                "SWARMCTL_HTTPS_PORT", "1",
                "SWARMCTL_GATEWAY_PORT", "2",
                "SWARMCTL_LISTEN", "10.0.0.1",
                "SWARMCTL_DATA_DIRECTORY", "/data",
                "SWARMCTL_MDNS", "false",
                "SWARMCTL_ADDRESSES", "10.0.0.1,fd00::1",
                "SWARMCTL_NAMES", "fleet.example.org",
                "SWARMCTL_CACHE_UPSTREAMS", "mirror.lan:3142",
                "SWARMCTL_DEBIAN_MIRROR", "http://mirror.lan:3142/debian");
        String text = """
                https-port: 1
                gateway-port: 2
                listen: 10.0.0.1
                data-directory: /data
                mdns: false
                addresses: [10.0.0.1, 'fd00::1']
                names: fleet.example.org
                cache-upstreams: ['mirror.lan:3142']
                debian-mirror: http://mirror.lan:3142/debian
                """;
        assertThat(flags.keySet()).containsExactlyInAnyOrderElementsOf(ControllerConfig.OPTIONS);
        assertThat(ControllerConfig.of(flags, Map.of(), ConfigFile.NONE)).isEqualTo(wanted);
        assertThat(ControllerConfig.of(Map.of(), environment, ConfigFile.NONE)).isEqualTo(wanted);
        assertThat(ControllerConfig.of(Map.of(), Map.of(), new ConfigFile(FILE, text)))
                .isEqualTo(wanted);
    }

    @Test
    void flagsComeBeforeTheEnvironmentAndThatBeforeTheFile() throws ControllerConfigException {
        ControllerConfig config = ControllerConfig.of(
                Map.of("https-port", "1"),
                Map.of("SWARMCTL_HTTPS_PORT", "2", "SWARMCTL_GATEWAY_PORT", "20"),
                new ConfigFile(FILE, "https-port: 3\ngateway-port: 30\nlisten: 127.0.0.1\nmdns:\n"));
        assertThat(config.httpsPort()).isEqualTo(1);
        assertThat(config.gatewayPort()).isEqualTo(20);
        assertThat(config.listen()).isEqualTo("127.0.0.1");
        assertThat(config.mdns()).isTrue();
    }

    @Test
    void variablesOfTheCommandLineAreLeftAlone() throws ControllerConfigException {
        Map<String, String> environment =
                Map.of("SWARMCTL_CONTEXT", "x", "SWARMCTL_TOKEN", "y", "SWARMCTLX", "z", "HTTPS_PROT", "1");
        assertThat(ControllerConfig.of(Map.of(), environment, ConfigFile.NONE).httpsPort())
                .isEqualTo(8443);
    }

    static List<Arguments> mistakes() {
        return List.of(
                inFile(
                        "mdns: true\n\nhttps-prot: 1",
                        "unknown option 'https-prot' in " + FILE + " line 3; did you mean 'https-port'?"),
                inFile(
                        "whatever: 1",
                        "unknown option 'whatever' in " + FILE + " line 1; known are https-port, gateway-port, listen,"
                                + " data-directory, mdns, addresses, names, cache-upstreams, debian-mirror"),
                inFile(
                        "https-port: 70000",
                        "'70000' is no value for 'https-port' in " + FILE + " line 1; write a number from 0 to 65535"),
                inFile(
                        "mdns: yes\nlisten: 'a b'",
                        "'a b' is no value for 'listen' in " + FILE + " line 2; write an address, such as 0.0.0.0",
                        "'yes' is no value for 'mdns' in " + FILE + " line 1; write true or false"),
                inFile(
                        "https-port: 1\nhttps-port: 2",
                        "'https-port' is here twice in " + FILE
                                + " line 2; it is in line 1 already; remove one of them"),
                inFile("- mdns", FILE + " has no options; write lines such as 'https-port: 8443'"),
                inFile(
                        "gateway-port: 8443",
                        "https-port and gateway-port are both 8443; people and agents need a port each"),
                Arguments.of(
                        Map.of(),
                        Map.of("SWARMCTL_HTTPS_PROT", "1"),
                        "",
                        "unknown option 'SWARMCTL_HTTPS_PROT' in the environment; did you mean 'SWARMCTL_HTTPS_PORT'?"),
                Arguments.of(
                        Map.of(),
                        Map.of("SWARMCTL_NAMES", "a,-b"),
                        "",
                        "'a,-b' is no value for 'names' in the environment; write host names or addresses, with commas"),
                Arguments.of(
                        Map.of("data-dir", "/x"),
                        Map.of(),
                        "",
                        "unknown option '--data-dir' on the command line; known are --https-port, --gateway-port,"
                                + " --listen, --data-directory, --mdns, --addresses, --names, --cache-upstreams,"
                                + " --debian-mirror"),
                Arguments.of(
                        Map.of("data-directory", ""),
                        Map.of(),
                        "",
                        "'' is no value for 'data-directory' on the command line; write a directory"));
    }

    private static Arguments inFile(String text, String... problems) {
        return Arguments.of(Map.of(), Map.of(), text, String.join("\n", problems));
    }

    @ParameterizedTest(name = "{3}")
    @MethodSource("mistakes")
    void aMistakeIsToldWithItsPlaceAndARemedy(
            Map<String, String> flags, Map<String, String> environment, String text, String message) {
        assertThatThrownBy(() -> ControllerConfig.of(flags, environment, new ConfigFile(FILE, text)))
                .isInstanceOf(ControllerConfigException.class)
                .hasMessage(message);
    }

    @Test
    void anotherFileCanBeNamed(@TempDir Path directory) throws IOException, ControllerConfigException {
        Path file = Files.writeString(directory.resolve("c.yaml"), "https-port: 9");
        assertThat(ControllerConfig.load(Map.of("config", file.toString()), Map.of())
                        .httpsPort())
                .isEqualTo(9);
        assertThat(ControllerConfig.load(Map.of(), Map.of("SWARMCTL_CONFIG", file.toString()))
                        .httpsPort())
                .isEqualTo(9);
        assertThatThrownBy(() -> ControllerConfig.load(Map.of("config", file + "x"), Map.of()))
                .hasMessage("there is no " + file + "x; name another one with --config or SWARMCTL_CONFIG");
    }
}
