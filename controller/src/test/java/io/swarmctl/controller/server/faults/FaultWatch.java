package io.swarmctl.controller.server.faults;

import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.simulate.SimulatedSwarm;
import io.swarmctl.controller.simulate.SimulatedSwarm.Founding;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Looks all along whether anything happens that must not, whatever goes wrong. */
final class FaultWatch {
    private final SimulatedSwarm swarms;
    private final Map<String, Order> kept = new HashMap<>();
    private final Map<String, Order> written = new HashMap<>();
    private final Map<Long, String> founders = new HashMap<>();
    private final Set<String> wrong = new TreeSet<>();
    private long founderEpoch;

    /** What orders specs. */
    private record Order(long epoch, long generation) implements Comparable<Order> {
        @Override
        public int compareTo(Order other) {
            int byEpoch = Long.compare(epoch, other.epoch);
            return byEpoch != 0 ? byEpoch : Long.compare(generation, other.generation);
        }
    }

    FaultWatch(SimulatedSwarm swarms) {
        this.swarms = swarms;
    }

    /** All that went wrong so far. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }

    void note(String what) {
        wrong.add(what);
    }

    /** Looks at what outlives any controller. */
    void look(List<SimulatedBoard> boards) {
        wrong.addAll(swarms.breaches());
        List<Long> epochs = new ArrayList<>();
        for (Founding founding : swarms.foundings()) {
            if (epochs.contains(founding.founderEpoch())) {
                wrong.add("two swarms were founded in one epoch: " + swarms.foundings());
            }
            epochs.add(founding.founderEpoch());
        }
        for (SimulatedBoard board : boards) {
            String card = board.serial() + ", card " + board.cards();
            board.keptSpec().ifPresent(jws -> ascend(kept, card, order(jws)));
        }
    }

    /** Looks at what the controller thinks now. */
    void look(Fleet fleet) {
        for (FleetNode node : fleet.nodes().values()) {
            if (node.spec() != null) {
                ascend(
                        written,
                        "written for " + node.id(),
                        new Order(node.spec().epoch(), node.spec().generation()));
            }
        }
        if (fleet.swarm().founderEpoch() < founderEpoch) {
            wrong.add("the founder epoch went back from " + founderEpoch + " to "
                    + fleet.swarm().founderEpoch());
        }
        founderEpoch = Math.max(founderEpoch, fleet.swarm().founderEpoch());
        String founder = fleet.swarm().founder();
        if (founder != null) {
            String first = founders.putIfAbsent(fleet.swarm().founderEpoch(), founder);
            if (first != null && !first.equals(founder)) {
                wrong.add("two founders in epoch " + founderEpoch + ": " + first + " and " + founder);
            }
        }
    }

    private void ascend(Map<String, Order> orders, String whose, Order now) {
        Order before = orders.put(whose, now);
        if (before != null && now.compareTo(before) < 0) {
            wrong.add("specs went back (" + whose + "): " + before + ", then " + now);
        }
    }

    private static Order order(String jws) {
        byte[] payload = Base64.getUrlDecoder().decode(jws.split("\\.")[1]);
        JsonObject spec = new JsonObject(new String(payload, StandardCharsets.UTF_8));
        return new Order(spec.getLong("epoch"), spec.getLong("generation"));
    }
}
