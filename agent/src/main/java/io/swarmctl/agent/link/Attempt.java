package io.swarmctl.agent.link;

/**
 * What came of one try to reach a controller, for a person to read.
 *
 * @param answered whether the fleet's controller was there, though it did not give what was asked for
 * @param words what it said, or what failed
 */
public record Attempt(ControllerAddress address, boolean answered, String words) {
    static Attempt failed(ControllerAddress address, Exception failure) {
        return new Attempt(address, false, PlainWords.of(failure));
    }

    static Attempt answered(ControllerAddress address, String said) {
        return new Attempt(address, true, "says: " + said);
    }

    @Override
    public String toString() {
        return address + " " + words;
    }
}
