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
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** How one simulated node looks from outside. Told by its own thread, and asked by another one. */
final class Look implements Onlooker {
    private final String serial;
    private final Recording recording;
    private volatile Stage stage = Stage.OFF;
    private volatile String name = "";
    private volatile String trouble = "";

    /** The latest spec that it was seen to follow, and how it stood. Used by the node's own thread. */
    private String followed = "";

    private Stage noted = Stage.OFF;

    Look(String serial, Recording recording) {
        this.serial = serial;
        this.recording = recording;
    }

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

    void switchedOn() {
        recording.note(serial, "on", "");
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
        recording.note(serial, "enrolled", "");
    }

    @Override
    public void begins(NodeSpec spec, Facts facts, Plan plan, Action action, List<Outcome> done) {
        name = spec.name();
        stage = Stage.WORKING;
        note(spec);
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
        note(pass.spec());
    }

    /** A spec is followed from the first look at the machine with it on, whether there is something to do or not. */
    private void note(NodeSpec spec) {
        String now = spec.epoch() + "." + spec.generation();
        if (!now.equals(followed)) {
            followed = now;
            recording.note(serial, "spec", now + " " + (spec.role() == null ? "-" : spec.role()));
        }
        if (stage != noted) {
            noted = stage;
            recording.note(serial, stage.name().toLowerCase(Locale.ROOT), "");
        }
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
