package io.swarmctl.controller.simulate;

import io.swarmctl.common.wire.MemoryCgroup;
import io.swarmctl.controller.simulate.SimulatedMachine.Board;
import java.time.Duration;

/**
 * One place in a simulated rack.
 *
 * @param switchedOn how long after the first
 * @param freeDiskBytes on its card
 * @param memoryCgroup as its card was flashed
 */
record Slot(
        int number,
        Model model,
        Board board,
        Temper temper,
        Duration switchedOn,
        long freeDiskBytes,
        MemoryCgroup memoryCgroup) {

    /**
     * How well the board works.
     *
     * @param seed of all that is left to chance
     * @param slowness how many times as long as with a good card everything takes
     * @param failing how likely it is that work with packages fails, of one
     */
    record Temper(long seed, double slowness, double failing) {}
}
