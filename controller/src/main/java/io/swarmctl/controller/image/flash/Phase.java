package io.swarmctl.controller.image.flash;

/** What is being done with a card, or what has become of it. */
public enum Phase {
    WAITING("waiting"),
    WRITING("writing"),
    COMPARING("comparing"),
    /** All that was asked for is done. */
    GOOD("good"),
    /** All is written; reading it back was stopped. */
    NOT_COMPARED("not compared"),
    /** Writing it was stopped. It does not boot. */
    HALF_WRITTEN("half-written"),
    /** Stopped before anything was written. */
    UNTOUCHED("untouched"),
    FAILED("failed");

    private final String word;

    Phase(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    public boolean isEnd() {
        return switch (this) {
            case WAITING, WRITING, COMPARING -> false;
            case GOOD, NOT_COMPARED, HALF_WRITTEN, UNTOUCHED, FAILED -> true;
        };
    }

    Phase whenStopped() {
        return switch (this) {
            case WAITING -> UNTOUCHED;
            case WRITING -> HALF_WRITTEN;
            case COMPARING -> NOT_COMPARED;
            case GOOD, NOT_COMPARED, HALF_WRITTEN, UNTOUCHED, FAILED -> this;
        };
    }
}
