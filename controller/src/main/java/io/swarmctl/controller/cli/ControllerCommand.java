package io.swarmctl.controller.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "controller",
        description = {
            "Runs the controller until it is ended. Needs no configuration.",
            "Every flag may also be set as SWARMCTL_HTTPS_PORT and so on, or in /etc/swarmctl/controller.yaml."
        },
        footer = {"", "Example:", "  swarmctl controller --https-port 9443"})
final class ControllerCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(names = "--https-port", paramLabel = "PORT", description = "For people and programs (default 8443).")
    private @Nullable String httpsPort;

    @Option(names = "--gateway-port", paramLabel = "PORT", description = "For agents (default 8444).")
    private @Nullable String gatewayPort;

    @Option(names = "--listen", paramLabel = "ADDRESS", description = "The address to listen on (default 0.0.0.0).")
    private @Nullable String listen;

    @Option(
            names = {"--data-directory", "--data-dir"},
            paramLabel = "DIR",
            description = "Where everything is kept (default as a service /var/lib/swarmctl, else "
                    + "~/.local/share/swarmctl).")
    private @Nullable String dataDirectory;

    @Option(
            names = "--mdns",
            negatable = true,
            description = "Announce the controller on the local network, or do not (default: do).")
    private @Nullable Boolean mdns;

    @Option(
            names = "--addresses",
            paramLabel = "LIST",
            description = "Where agents reach it, with commas (default: this machine's own addresses).")
    private @Nullable String addresses;

    @Option(
            names = "--names",
            paramLabel = "LIST",
            description = "Further names by which people reach it, with commas, for its certificate.")
    private @Nullable String hostNames;

    @Option(
            names = "--cache-upstreams",
            paramLabel = "LIST",
            description = "Package archives inside your own network that nodes may get packages from through the "
                    + "controller, as HOST[:PORT], with commas (default: none).")
    private @Nullable String cacheUpstreams;

    @Option(
            names = "--debian-mirror",
            paramLabel = "URL",
            description = "Where Docker's packages are gathered from for nodes (default: where this machine's apt has "
                    + "Debian's packages from, else http://deb.debian.org/debian).")
    private @Nullable String debianMirror;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration file (default /etc/swarmctl/controller.yaml).")
    private @Nullable String config;

    ControllerCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException, InterruptedException {
        ControllerRunner runner = ServiceLoader.load(ControllerRunner.class)
                .findFirst()
                .orElseThrow(() -> new CliException("this build has no controller in it", "build the whole project"));
        try {
            return runner.run(flags(), surroundings.out(), surroundings.err());
        } catch (IOException e) {
            throw new CliException(String.valueOf(e.getMessage()), "", e);
        }
    }

    private Map<String, String> flags() {
        Map<String, String> flags = new LinkedHashMap<>();
        put(flags, "https-port", httpsPort);
        put(flags, "gateway-port", gatewayPort);
        put(flags, "listen", listen);
        put(flags, "data-directory", dataDirectory);
        put(flags, "mdns", mdns == null ? null : mdns.toString());
        put(flags, "addresses", addresses);
        put(flags, "names", hostNames);
        put(flags, "cache-upstreams", cacheUpstreams);
        put(flags, "debian-mirror", debianMirror);
        put(flags, "config", config);
        return flags;
    }

    private static void put(Map<String, String> flags, String name, @Nullable String value) {
        if (value != null) {
            flags.put(name, value);
        }
    }
}
