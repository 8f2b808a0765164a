package io.swarmctl.controller.policy;

import io.swarmctl.controller.policy.YamlDocument.Place;

/** A text is no YAML, or makes use of what we do not take. */
public final class YamlException extends Exception {
    private final transient Place place;
    private final String problem;
    private final String remedy;

    YamlException(Place place, String problem, String remedy) {
        super(problem);
        this.place = place;
        this.problem = problem;
        this.remedy = remedy;
    }

    public Place place() {
        return place;
    }

    public String problem() {
        return problem;
    }

    public String remedy() {
        return remedy;
    }
}
