package io.swarmctl.controller.cli;

import io.avaje.jsonb.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The controllers that this person has logged in to.
 *
 * @param current name of the one that is used unless another is named; empty when there is none
 */
@Json
public record Contexts(String current, List<Context> contexts) {
    public Contexts {
        contexts = List.copyOf(contexts);
    }

    static Contexts none() {
        return new Contexts("", List.of());
    }

    Optional<Context> named(String name) {
        return contexts.stream().filter(known -> known.name().equals(name)).findFirst();
    }

    List<String> names() {
        return contexts.stream().map(Context::name).toList();
    }

    /** With that one, in the place of one of the same name, and current. */
    Contexts with(Context context) {
        List<Context> others = new ArrayList<>(without(context.name()).contexts());
        others.add(context);
        return new Contexts(context.name(), others);
    }

    Contexts without(String name) {
        return new Contexts(
                current.equals(name) ? "" : current,
                contexts.stream().filter(known -> !known.name().equals(name)).toList());
    }

    Contexts using(String name) {
        return new Contexts(name, contexts);
    }
}
