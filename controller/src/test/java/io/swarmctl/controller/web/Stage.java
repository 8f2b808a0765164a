package io.swarmctl.controller.web;

import io.swarmctl.controller.api.MemoryFleet;
import io.swarmctl.controller.api.TestController;

/** A real API and a real dashboard before a fleet that was made up. */
public final class Stage {
    private Stage() {}

    public static TestController open(StagedFleet staged) {
        TestController controller = new TestController(staged.fleet(), "localhost");
        MemoryFleet fleet = controller.fleet();
        fleet.appendLog(staged.log());
        fleet.appendRuns(staged.runs());
        fleet.add(staged.events());
        return controller;
    }
}
