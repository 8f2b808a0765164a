package io.swarmctl.controller.server;

import io.swarmctl.controller.server.ControllerConfigSources.Given;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What a controller is started with. The options have the same names as flags ({@code --https-port}), in the environment
 * ({@code SWARMCTL_HTTPS_PORT}) and in the file ({@code https-port: 8443}); flags come before the environment, the
 * environment before the file.
 *
 * @param httpsPort for people and programs; 0 takes a free one
 * @param gatewayPort for agents; 0 takes a free one
 * @param listen the address to listen on
 * @param mdns whether agents may find the controller by mDNS
 * @param addresses where agents reach the controller, if not at this machine's own addresses
 * @param names by which people reach the controller, besides this machine's own, for the certificate
 * @param cacheUpstreams {@code host[:port]} of package archives that may have an address inside the network
 * @param debianMirror where Docker's packages are gathered from; empty: where this machine's apt has its own from
 */
public record ControllerConfig(
        int httpsPort,
        int gatewayPort,
        String listen,
        Path dataDirectory,
        boolean mdns,
        List<String> addresses,
        List<String> names,
        List<String> cacheUpstreams,
        String debianMirror) {
    public static final Path DEFAULT_FILE = Path.of("/etc/swarmctl/controller.yaml");

    /** The flag, and with {@code SWARMCTL_} the variable, that names another file. */
    public static final String FILE_OPTION = "config";

    private static final String FILE_VARIABLE = "SWARMCTL_CONFIG";

    static final String HTTPS_PORT = "https-port";
    static final String GATEWAY_PORT = "gateway-port";
    static final String LISTEN = "listen";
    static final String DATA_DIRECTORY = "data-directory";
    static final String MDNS = "mdns";
    static final String ADDRESSES = "addresses";
    static final String NAMES = "names";
    static final String CACHE_UPSTREAMS = "cache-upstreams";
    static final String DEBIAN_MIRROR = "debian-mirror";

    /** The names of all options. */
    public static final List<String> OPTIONS = List.of(
            HTTPS_PORT, GATEWAY_PORT, LISTEN, DATA_DIRECTORY, MDNS, ADDRESSES, NAMES, CACHE_UPSTREAMS, DEBIAN_MIRROR);

    private static final Pattern HOST =
            Pattern.compile("[0-9A-Za-z]([0-9A-Za-z.-]*[0-9A-Za-z])?|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");

    private static final Pattern UPSTREAM = Pattern.compile("[0-9A-Za-z]([0-9A-Za-z.-]*[0-9A-Za-z])?(:[0-9]{1,5})?");

    private static final Pattern MIRROR = Pattern.compile("https?://[0-9A-Za-z.:\\[\\]-]+(/[!-~]*)?");

    public ControllerConfig {
        addresses = List.copyOf(addresses);
        names = List.copyOf(names);
        cacheUpstreams = List.copyOf(cacheUpstreams);
    }

    /**
     * Reads the file and puts all together.
     *
     * @param flags by option name, lists with commas; may name another file
     * @throws ControllerConfigException when something is unknown or wrong; nothing is guessed
     */
    public static ControllerConfig load(Map<String, String> flags, Map<String, String> environment)
            throws ControllerConfigException {
        Map<String, String> withHome = new HashMap<>(environment);
        withHome.putIfAbsent("HOME", System.getProperty("user.home"));
        Map<String, String> options = new HashMap<>(flags);
        String named = options.remove(FILE_OPTION);
        return of(options, withHome, read(named == null ? environment.getOrDefault(FILE_VARIABLE, "") : named));
    }

    private static ConfigFile read(String named) throws ControllerConfigException {
        Path file = named.isEmpty() ? DEFAULT_FILE : Path.of(named);
        try {
            return new ConfigFile(file.toString(), Files.readString(file));
        } catch (NoSuchFileException e) {
            if (named.isEmpty()) {
                return ConfigFile.NONE;
            }
            throw new ControllerConfigException(
                    List.of("there is no " + file + "; name another one with --config or " + FILE_VARIABLE));
        } catch (IOException e) {
            throw new ControllerConfigException(List.of("cannot read " + file + ": " + e.getMessage()
                    + "; make it readable for user " + System.getProperty("user.name")));
        }
    }

    /** All sources put together. Pure. */
    static ControllerConfig of(Map<String, String> flags, Map<String, String> environment, ConfigFile file)
            throws ControllerConfigException {
        ControllerConfigSources sources = ControllerConfigSources.read(OPTIONS, flags, environment, file);
        Values values = new Values(sources.given(), new ArrayList<>(sources.problems()));
        Path dataDirectory = DataDirectory.byDefault(environment, Path.of(environment.getOrDefault("HOME", "/")));
        ControllerConfig config = new ControllerConfig(
                values.get(HTTPS_PORT, 8443, ControllerConfig::port, "write a number from 0 to 65535"),
                values.get(GATEWAY_PORT, 8444, ControllerConfig::port, "write a number from 0 to 65535"),
                values.get(LISTEN, "0.0.0.0", ControllerConfig::host, "write an address, such as 0.0.0.0"),
                values.get(DATA_DIRECTORY, dataDirectory, ControllerConfig::directory, "write a directory"),
                values.get(MDNS, true, ControllerConfig::truth, "write true or false"),
                values.get(ADDRESSES, List.of(), ControllerConfig::hosts, "write addresses or host names, with commas"),
                values.get(NAMES, List.of(), ControllerConfig::hosts, "write host names or addresses, with commas"),
                values.get(
                        CACHE_UPSTREAMS,
                        List.of(),
                        ControllerConfig::upstreams,
                        "write host names, each perhaps with a port, such as mirror.lan:3142, with commas"),
                values.get(
                        DEBIAN_MIRROR,
                        "",
                        ControllerConfig::mirror,
                        "write an address such as http://deb.debian.org/debian"));
        if (config.httpsPort == config.gatewayPort && config.httpsPort != 0) {
            values.problems.add(HTTPS_PORT + " and " + GATEWAY_PORT + " are both " + config.httpsPort
                    + "; people and agents need a port each");
        }
        if (!values.problems.isEmpty()) {
            throw new ControllerConfigException(values.problems);
        }
        return config;
    }

    /** Turns what was given into values and collects what is wrong. */
    private record Values(Map<String, Given> given, List<String> problems) {
        <T> T get(String option, T byDefault, Function<String, T> parse, String remedy) {
            Given text = given.get(option);
            if (text == null) {
                return byDefault;
            }
            try {
                return parse.apply(text.value());
            } catch (IllegalArgumentException e) {
                problems.add("'" + text.value() + "' is no value for '" + option + "' " + text.place() + "; " + remedy);
                return byDefault;
            }
        }
    }

    private static int port(String text) {
        int port = Integer.parseInt(text);
        require(port >= 0 && port <= 65_535);
        return port;
    }

    private static String host(String text) {
        require(HOST.matcher(text).matches());
        return text;
    }

    private static List<String> hosts(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(host -> !host.isEmpty())
                .map(ControllerConfig::host)
                .toList();
    }

    private static List<String> upstreams(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(upstream -> !upstream.isEmpty())
                .map(ControllerConfig::upstream)
                .toList();
    }

    private static String upstream(String text) {
        require(UPSTREAM.matcher(text).matches());
        return text.toLowerCase(Locale.ROOT);
    }

    private static String mirror(String text) {
        require(MIRROR.matcher(text).matches());
        return text;
    }

    private static Path directory(String text) {
        require(!text.isBlank());
        return Path.of(text).toAbsolutePath().normalize();
    }

    private static boolean truth(String text) {
        require(text.equals("true") || text.equals("false"));
        return text.equals("true");
    }

    private static void require(boolean right) {
        if (!right) {
            throw new IllegalArgumentException("not so");
        }
    }
}
