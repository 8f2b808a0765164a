package io.swarmctl.controller.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The fleet after a change, and what is to be told about it. Events have the time at which they are stored. */
public record Transition(Fleet fleet, List<Note> notes) {
    /** @param nodeId the node it is about, or empty when it is about the fleet */
    public record Note(String nodeId, String text) {}

    public Transition {
        notes = List.copyOf(notes);
    }

    /** The same, and then another change. */
    public Transition then(Function<Fleet, Transition> change) {
        Transition next = change.apply(fleet);
        List<Note> all = new ArrayList<>(notes);
        all.addAll(next.notes());
        return new Transition(next.fleet(), all);
    }

    public static Transition silent(Fleet fleet) {
        return new Transition(fleet, List.of());
    }

    public static Transition of(Fleet fleet, String nodeId, String text) {
        return new Transition(fleet, List.of(new Note(nodeId, text)));
    }
}
