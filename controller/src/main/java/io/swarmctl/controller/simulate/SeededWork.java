package io.swarmctl.controller.simulate;

import io.swarmctl.agent.machine.MachineException;
import io.swarmctl.agent.machine.Output;
import io.swarmctl.common.wire.Action;
import java.time.Duration;
import java.util.Random;
import java.util.function.Predicate;

/**
 * How the work of one simulated machine goes: actions take a while, are interrupted with the thread that does them, and
 * fail as long as they are made to. The same seed takes the same times.
 */
public final class SeededWork implements SimulatedMachine.Pace {
    private final Random random;
    private final Duration longest;

    /** Volatile, as the other: set by whoever makes trouble, read by the machine's thread. */
    private volatile Predicate<Action> broken = action -> false;

    private volatile int slowness = 1;

    /** @param longest that an action takes on a machine that is not slow */
    public SeededWork(long seed, Duration longest) {
        this.random = new Random(seed);
        this.longest = longest;
    }

    /** From now on these actions fail, until other ones do. */
    public void breaks(Predicate<Action> actions) {
        broken = actions;
    }

    /** From now on everything takes so many times as long. */
    public void slow(int times) {
        slowness = times;
    }

    @Override
    public void spend(Action action, Output output) throws MachineException {
        output.line("working on: " + action.title());
        Waiting.pass(random.nextLong(longest.toMillis() + 1) * slowness);
        if (broken.test(action)) {
            throw new MachineException(
                    "simulated: cannot " + action.title(), "nothing to do: the agent tries again", true, null);
        }
    }

    /** Now and then the plug is pulled just when it was done. */
    @Override
    public void finish(Action action) throws MachineException {
        Waiting.pass(random.nextInt(4) == 0 ? longest.toMillis() / 2 : 0);
    }
}
