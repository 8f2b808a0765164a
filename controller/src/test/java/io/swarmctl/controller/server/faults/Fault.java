package io.swarmctl.controller.server.faults;

import io.swarmctl.common.wire.Action;
import org.jspecify.annotations.Nullable;

/** Something that happens to a fleet, at so many milliseconds from the beginning. */
sealed interface Fault {
    long at();

    /** Something that happens to one board. */
    sealed interface OfBoard extends Fault {
        int board();
    }

    /** It is switched on for the first time. */
    record Boot(long at, int board) implements OfBoard {}

    /** Its agent is ended by -9 in whatever it does, and started again. */
    record AgentKilled(long at, int board, long millis) implements OfBoard {}

    /** It loses its power in whatever it does. */
    record PowerCut(long at, int board, long millis) implements OfBoard {}

    /** It reaches nobody. */
    record LinkCut(long at, int board, long millis, Cable.State how) implements OfBoard {}

    /** Its connections end so many times in a row. */
    record BusFlaps(long at, int board, int times) implements OfBoard {}

    /** What it does with a program fails for a while. */
    record WorkFails(long at, int board, long millis, Program program) implements OfBoard {}

    /** All that it does takes so many times as long, for a while. */
    record Slow(long at, int board, long millis, int times) implements OfBoard {}

    /** It gets a new card. */
    record Reflashed(long at, int board, long millis) implements OfBoard {}

    /** From now on a person wants the board to have the role; null: none. */
    record RoleWanted(long at, int board, @Nullable String role) implements OfBoard {}

    /** The controller is ended by -9, and started again on what it has on its disk. */
    record ControllerKilled(long at, long millis) implements Fault {}

    /** What a node's work is done with. */
    enum Program {
        APT,
        DOCKER;

        boolean does(Action action) {
            return switch (this) {
                case APT ->
                    action instanceof Action.RefreshPackageIndex
                            || action instanceof Action.UpgradePackages
                            || action instanceof Action.InstallDocker;
                case DOCKER ->
                    action instanceof Action.StartDocker
                            || action instanceof Action.FoundSwarm
                            || action instanceof Action.JoinSwarm
                            || action instanceof Action.LeaveSwarm
                            || action instanceof Action.DemoteSwarmNode
                            || action instanceof Action.ForgetSwarmNode;
            };
        }
    }
}
