package io.swarmctl.controller.server;

import io.swarmctl.controller.fleet.Fleet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Who is told of every new fleet, on the fleet's thread. The parts of a controller need the fleet to start, so they join
 * once it is at work already.
 */
final class Onlookers implements Consumer<Fleet> {
    private final List<Consumer<Fleet>> all = new CopyOnWriteArrayList<>();

    /** @param onlooker must not block */
    void add(Consumer<Fleet> onlooker) {
        all.add(onlooker);
    }

    @Override
    public void accept(Fleet fleet) {
        all.forEach(onlooker -> onlooker.accept(fleet));
    }
}
