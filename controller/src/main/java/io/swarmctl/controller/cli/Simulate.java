package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.KeysView.CreatedKeyView;
import io.swarmctl.controller.api.view.NodesView;
import io.swarmctl.controller.api.view.StatusView;
import io.swarmctl.controller.api.view.VersionView;
import io.swarmctl.controller.cli.SimulationRunner.Order;
import io.swarmctl.controller.cli.SimulationRunner.Simulation;
import io.swarmctl.controller.cli.SimulationRunner.Standing;
import io.swarmctl.controller.cli.SimulationRunner.Way;
import io.swarmctl.controller.text.NameRanges;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "simulate",
        description = {
            "Runs simulated nodes against a controller, to try things or to rehearse a rack.",
            "The agents are real, only the Pis below them are not. Until Ctrl-C; the controller keeps the nodes, and they",
            "are silent then.",
        },
        footer = {
            "",
            "Use a controller of its own for it, not your fleet's: 'swarmctl controller' needs no configuration.",
            "",
            "Examples:",
            "  swarmctl simulate --nodes 100 --pace 10",
            "  swarmctl simulate --nodes 30 --models 3B+,4B --until ready --state rack"
        })
final class Simulate implements Callable<Integer> {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration KEY_LASTS_LONGER = Duration.ofDays(1);
    private static final int USUAL_GATEWAY_PORT = 8444;

    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    @Mixin
    private SimulationOptions options = new SimulationOptions();

    /** When to end by itself. */
    enum Until {
        ready
    }

    @Option(
            names = "--until",
            paramLabel = "STATE",
            description = "End when all of them are: ${COMPLETION-CANDIDATES}. Exit code 3 when they are not in time.")
    private @Nullable Until until;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "30m",
            converter = Durations.class,
            description = "With --until: how long to wait (default ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofMinutes(30);

    @Option(
            names = "--among-real",
            description = "Also when the fleet has real nodes, which simulated managers would have to serve.")
    private boolean amongReal;

    Simulate(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException {
        Order order = options.read();
        Api api = target.open(surroundings);
        Way way = new Way(gateway(api), api.context().ca());
        requireNoRealNodes(api);
        Interruption interruption = Interruption.begin();
        try (Simulation simulation = runner().prepare(order, way)) {
            return run(simulation, order, api);
        } catch (IllegalArgumentException e) {
            throw CliException.usage(String.valueOf(e.getMessage()), "see: swarmctl simulate --help");
        } catch (IOException e) {
            throw new CliException("cannot simulate: " + e.getMessage(), "is there room, and may you write there?", e);
        } finally {
            interruption.close();
        }
    }

    private int run(Simulation simulation, Order order, Api api) throws CliException, IOException {
        int blank = simulation.blank();
        warn(api, blank);
        simulation.start(blank == 0 ? "" : key(api, order, blank));
        int exitCode = watch(simulation, order);
        farewell(simulation, order);
        return exitCode;
    }

    private static SimulationRunner runner() throws CliException {
        return ServiceLoader.load(SimulationRunner.class)
                .findFirst()
                .orElseThrow(() -> new CliException("this build has no agents in it", "build the whole project"));
    }

    private static String gateway(Api api) throws CliException {
        int port = api.get("/version", VersionView.class).gatewayPort();
        String host = URI.create(api.context().url()).getHost();
        return host + ":" + (port == 0 ? USUAL_GATEWAY_PORT : port);
    }

    private void requireNoRealNodes(Api api) throws CliException {
        long real = api.get("/nodes", NodesView.class).nodes().stream()
                .filter(node -> !SimulationRunner.isSimulated(node.id()))
                .count();
        if (real > 0 && !amongReal) {
            throw new CliException(
                    "this fleet has " + Words.count(real, "real node") + ", which would be led by simulated managers",
                    "use a controller of its own for it: swarmctl controller --data-directory DIR --https-port 9443 "
                            + "--gateway-port 9444; or give --among-real");
        }
    }

    private void warn(Api api, int blank) throws CliException {
        StatusView status = api.get("/status", StatusView.class);
        if (blank > 0 && !status.swarm().clusterId().isEmpty()) {
            tell("warning: this fleet has a swarm, and its managers are not among new nodes, which cannot join without "
                    + "them. If they are gone: swarmctl swarm recover");
        }
        if (status.auto() == null) {
            tell("nodes get no role by themselves here; give them some: swarmctl roles auto --managers 3");
        }
    }

    private static String key(Api api, Order order, int uses) throws CliException {
        long expires = order.arrive().plus(KEY_LASTS_LONGER).toSeconds();
        String json = api.send("POST", "/enrolment-keys", Map.of("expiresInSeconds", expires, "uses", uses));
        return Api.read(json, CreatedKeyView.class).text();
    }

    /** Until it is time to end, or somebody has ended it. */
    private int watch(Simulation simulation, Order order) {
        SimulationLine line = new SimulationLine(surroundings);
        long begun = System.nanoTime();
        tell(Words.count(order.nodes(), "simulated node") + (until == null ? ", until Ctrl-C" : ""));
        Standing now = simulation.standing();
        boolean ready = false;
        boolean late = false;
        try {
            while (!ready && !late) {
                surroundings.pause().pass(EVERY);
                now = simulation.standing();
                line.complain(now);
                line.show(now, since(begun));
                ready = until == Until.ready && now.ready() == order.nodes();
                late = until != null && since(begun).compareTo(timeout) >= 0;
            }
        } catch (InterruptedException e) {
            // As it usually ends: what is open is closed, and the exit code is the one of having done it.
            tell("");
        }
        line.end(now, since(begun));
        return until == null || ready ? ExitCode.OK : ExitCode.NOT_YET;
    }

    private void farewell(Simulation simulation, Order order) {
        tell("switching them off; the controller keeps them, and they are silent from now on");
        if (order.state() != null) {
            tell("  to go on with them, type the same again");
        }
        if (!simulation.names().isEmpty()) {
            tell("  to remove them: swarmctl nodes remove --force "
                    + String.join(" ", NameRanges.shorten(simulation.names())));
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private void tell(String line) {
        surroundings.err().println(line);
        surroundings.err().flush();
    }
}
