package io.swarmctl.controller.api;

/**
 * What a request may do.
 *
 * @param name of the token it came with; stands as the actor in the timeline
 */
public record Access(String name, Level level) {
    /** Access levels, the widest first: each may do what the ones after it may. */
    public enum Level {
        ADMIN,
        OPERATOR,
        VIEWER;

        public boolean includes(Level other) {
            return compareTo(other) <= 0;
        }
    }
}
