package io.swarmctl.controller.simulate;

import io.swarmctl.agent.Onlooker;
import io.swarmctl.agent.converge.Pass;
import io.swarmctl.common.plan.Plan;
import io.swarmctl.common.wire.Action;
import io.swarmctl.common.wire.Facts;
import io.swarmctl.common.wire.Failure;
import io.swarmctl.common.wire.NodeSpec;
import io.swarmctl.common.wire.Outcome;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** How one simulated node looks from outside. Told by its own thread, and asked by another one. */
final class Look implements Onlooker {
    private volatile Stage stage = Stage.OFF;
    private volatile String name = "";
    private volatile String trouble = "";

    enum Stage {
        OFF,
        KNOCKING,
        WORKING,
        WAITING,
        IDLE,
        READY,
        FAILED
    }

    Stage stage() {
        return stage;
    }

    /** As the controller has named it, before that its id; empty when it has never been enrolled. */
    String name() {
        return name;
    }

    /** What failed last; empty when nothing did since it was well. */
    String trouble() {
        return trouble;
    }

    void begins() {
        stage = Stage.KNOCKING;
    }

    /** The agent itself has ended with that. */
    void broke(Exception failure) {
        stage = Stage.FAILED;
        trouble = "its agent ended: " + failure;
    }

    @Override
    public void enrolled(String nodeId) {
        name = name.isEmpty() ? nodeId : name;
        stage = Stage.IDLE;
    }

    @Override
    public void begins(NodeSpec spec, Facts facts, Plan plan, Action action, List<Outcome> done) {
        name = spec.name();
        stage = Stage.WORKING;
    }

    @Override
    public void prints(Action action, String line) {}

    @Override
    public void ends(Pass pass) {
        name = pass.spec().name();
        trouble = failure(pass).orElse("");
        stage = switch (pass.state()) {
            case CONVERGING, REBOOTING -> Stage.WORKING;
            case WAITING -> Stage.WAITING;
            case READY -> pass.spec().role() == null ? Stage.IDLE : Stage.READY;
            case FAILED, BLOCKED -> Stage.FAILED;
        };
    }

    private Optional<String> failure(Pass pass) {
        return pass.outcomes().stream()
                .map(Outcome::failure)
                .filter(Objects::nonNull)
                .map(Failure::problem)
                .reduce((first, last) -> last)
                .map(problem -> name + ": " + problem);
    }
}
