package io.swarmctl.controller.web;

import io.swarmctl.controller.api.MemoryFleet;
import io.swarmctl.controller.api.TestController;
import io.swarmctl.controller.policy.FleetYaml;

/** A real API and a real dashboard before a fleet that was made up. */
public final class Stage {
    private Stage() {}

    public static TestController open(StagedFleet staged) {
        TestController controller = new TestController(staged.fleet(), new FleetYaml(), "localhost");
        MemoryFleet fleet = controller.fleet();
        fleet.appendLog(staged.log());
        fleet.appendRuns(staged.runs());
        fleet.add(staged.events());
        StagedAnswers.benchmarks(staged.count()).forEach(fleet::appendBenchmark);
        controller.diagnoses().putAll(StagedAnswers.diagnoses());
        return controller;
    }
}
