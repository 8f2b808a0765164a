package io.swarmctl.agent.machine;

import io.swarmctl.common.wire.Fingerprint;

/**
 * Remembers what the machine was last rebooted for, so that a reboot that did not help is not repeated for ever: some
 * boards boot from other files than those we see.
 */
final class RebootNote {
    private static final String FILE = "rebooted-for";

    private final Layout layout;

    RebootNote(Layout layout) {
        this.layout = layout;
    }

    /** Whether the machine has been booted since the note was made, and things are still as they were then. */
    boolean wasInVain(String situation) throws MachineException {
        String[] note =
                Layout.text(layout.notes().resolve(FILE)).orElse("").strip().split(" ");
        return note.length == 2 && !note[0].equals(bootId()) && note[1].equals(Fingerprint.of(situation));
    }

    void write(String situation) throws MachineException {
        DurableFile.write(layout.notes().resolve(FILE), bootId() + " " + Fingerprint.of(situation) + "\n");
    }

    private String bootId() throws MachineException {
        return layout.text("proc/sys/kernel/random/boot_id").orElse("").strip();
    }
}
