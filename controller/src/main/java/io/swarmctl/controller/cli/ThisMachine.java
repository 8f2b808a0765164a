package io.swarmctl.controller.cli;

import io.swarmctl.controller.image.flash.Disks;
import io.swarmctl.controller.image.flash.Refusal;
import io.swarmctl.controller.image.flash.SysFiles;
import java.io.IOException;
import java.util.List;

/** The disks of the machine that a command runs on. */
final class ThisMachine {
    private ThisMachine() {}

    static Disks disks(SysFiles files) throws CliException {
        if (!files.isThere()) {
            throw new CliException(
                    "swarmctl flashes cards on Linux only",
                    "write the image with any flasher, such as Raspberry Pi Imager (Use custom)");
        }
        try {
            return files.read();
        } catch (IOException e) {
            throw new CliException(
                    "cannot read which disks there are: " + e.getMessage(), "are /sys and /proc there?", e);
        }
    }

    /** Tells all reasons, and ends the command if there is one. */
    static void refuse(List<Refusal> refusals, Surroundings surroundings) throws CliException {
        if (refusals.isEmpty()) {
            return;
        }
        int last = refusals.size() - 1;
        for (Refusal refusal : refusals.subList(0, last)) {
            surroundings.err().println("error: " + refusal.problem());
            surroundings.err().println("  " + refusal.remedy());
        }
        Refusal worst = refusals.get(last);
        if (refusals.stream().anyMatch(Refusal::mistyped)) {
            throw CliException.usage(worst.problem(), worst.remedy());
        }
        throw new CliException(worst.problem(), worst.remedy());
    }
}
