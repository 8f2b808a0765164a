package io.swarmctl.agent.machine;

import java.util.function.Consumer;

/**
 * Looks up what somebody would who could log in to the machine. Used beside whatever else goes on there, so it changes
 * nothing and waits for nobody.
 */
public interface Diagnostics {
    /** Of a machine that has nothing to tell. */
    Diagnostics NONE = clues -> {};

    /**
     * Looks everything up, blocking; each thing takes some seconds at the most.
     *
     * @throws InterruptedException when the thread was interrupted; what was found before has been told
     */
    void look(Consumer<Clue> clues) throws InterruptedException;

    /**
     * What was found, as it was found: not yet shortened, and with whatever secrets are in it.
     *
     * @param trouble why it is not all; empty when it is
     */
    record Clue(String name, String text, String trouble) {}
}
