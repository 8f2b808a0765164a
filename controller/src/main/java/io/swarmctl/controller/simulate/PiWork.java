package io.swarmctl.controller.simulate;

import io.swarmctl.agent.machine.MachineException;
import io.swarmctl.agent.machine.Output;
import io.swarmctl.agent.machine.Workbench;
import io.swarmctl.common.wire.Action;
import java.util.List;
import java.util.Random;

/**
 * Work at the speed of a Pi, with what goes wrong on Pis: mirrors that are being updated, weak power supplies, slow
 * cards. Used by its machine's thread.
 */
final class PiWork implements SimulatedMachine.Pace {
    private static final double SPREAD = 0.2;
    private static final double LEAST = 0.5;
    private static final double MOST = 2;
    private static final double BOOT_SECONDS = 40;

    private final Slot slot;
    private final double pace;
    private final Random random;

    /** @param pace how many times as fast as a real Pi */
    PiWork(Slot slot, double pace) {
        this.slot = slot;
        this.pace = pace;
        this.random = new Random(slot.temper().seed());
    }

    @Override
    public void spend(Action action, Output output) throws MachineException {
        long millis = millis(ActionTimes.seconds(action));
        boolean fails = ActionTimes.isAboutPackages(action)
                && random.nextDouble() < slot.temper().failing();
        List<String> lines = Printing.of(action);
        int printed = fails ? random.nextInt(lines.size() + 1) : lines.size();
        long step = millis / (lines.size() + 1);
        for (String line : lines.subList(0, printed)) {
            Waiting.pass(step);
            output.line(line);
        }
        Waiting.pass(step);
        if (fails) {
            output.line(Printing.mirrorTrouble());
            throw new MachineException(
                    "cannot " + action.title() + ": the mirror is being updated",
                    "nothing to do: the agent tries again",
                    true,
                    null);
        }
    }

    @Override
    public Workbench workbench() {
        return new SimulatedWorkbench(slot, pace);
    }

    /** How long the board takes to boot, in milliseconds. */
    long bootMillis() {
        return millis(BOOT_SECONDS);
    }

    private long millis(double secondsOf3B) {
        double spread = Math.min(MOST, Math.max(LEAST, Math.exp(SPREAD * random.nextGaussian())));
        double seconds = secondsOf3B * slot.model().times() * slot.temper().slowness() * spread;
        return Math.round(seconds * 1_000 / pace);
    }
}
