package io.swarmctl.controller.simulate;

import io.swarmctl.controller.cli.SimulationRunner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** {@code swarmctl simulate}: makes racks of simulated boards. */
public final class Simulations implements SimulationRunner {
    /** Kept, for a logger that nobody holds forgets its level. */
    private static final Logger AGENTS = Logger.getLogger("io.swarmctl.agent");

    private static final Logger HAZELCAST = Logger.getLogger("com.hazelcast");

    @Override
    public Simulation prepare(Order order, Way way) throws IOException {
        List<Model> models = models(order.models());
        quiet();
        FutexHash.enlarge(order.nodes());
        SimulationDirectory directory = SimulationDirectory.open(order.state());
        try {
            directory.belongTo(order.seed(), models, way.ca());
            List<Slot> slots = new Rack(order.seed(), models, order.arrive()).slots(order.nodes());
            return SimulatedRack.prepare(directory, slots, order, way, version());
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /** What a thousand agents have to say is no help on one terminal; whoever wants it configures the logging. */
    private static void quiet() {
        if (System.getProperty("java.util.logging.config.file") == null) {
            AGENTS.setLevel(Level.OFF);
            HAZELCAST.setLevel(Level.OFF);
        }
    }

    private static List<Model> models(List<String> names) {
        List<Model> models = new ArrayList<>();
        for (String name : names) {
            models.add(Model.named(name)
                    .orElseThrow(() -> new IllegalArgumentException("there is no model '" + name + "'; there are "
                            + String.join(", ", Model.shortNames(List.of(Model.values()))))));
        }
        return models;
    }

    /** Where people see an agent's version, they see that it is simulated. */
    private static String version() {
        return Optional.ofNullable(Simulations.class.getPackage().getImplementationVersion())
                        .orElse("development")
                + SIMULATED;
    }
}
