package io.swarmctl.agent.converge;

import io.swarmctl.agent.link.StateDirectory;
import java.io.IOException;

/** Keeps a machine from rebooting for ever: for one reason it reboots once, and then a person has to look. */
final class RebootGuard {
    private static final String FILE = "rebooted-for";

    private final StateDirectory state;

    RebootGuard(StateDirectory state) {
        this.state = state;
    }

    /** Whether the machine has not been rebooted for this reason yet. */
    boolean mayReboot(String reason, String bootId) throws IOException {
        return state.read(FILE)
                .filter(note -> note.startsWith(reason + "\n") && !note.endsWith("\n" + bootId))
                .isEmpty();
    }

    void note(String reason, String bootId) throws IOException {
        state.write(FILE, reason + "\n" + bootId);
    }

    void forget() throws IOException {
        state.delete(FILE);
    }
}
