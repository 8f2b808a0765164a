package io.swarmctl.controller.server.faults;

import io.swarmctl.controller.server.faults.Fault.AgentKilled;
import io.swarmctl.controller.server.faults.Fault.Boot;
import io.swarmctl.controller.server.faults.Fault.BusFlaps;
import io.swarmctl.controller.server.faults.Fault.ControllerKilled;
import io.swarmctl.controller.server.faults.Fault.LinkCut;
import io.swarmctl.controller.server.faults.Fault.PowerCut;
import io.swarmctl.controller.server.faults.Fault.Program;
import io.swarmctl.controller.server.faults.Fault.Reflashed;
import io.swarmctl.controller.server.faults.Fault.RoleWanted;
import io.swarmctl.controller.server.faults.Fault.Slow;
import io.swarmctl.controller.server.faults.Fault.WorkFails;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * What is to happen to a fleet. The same seed makes the same schedule; what comes of it depends on the threads' timing
 * too.
 *
 * @param managers how many boards, the first ones, are to be managers
 * @param byRule whether the standing rule gives roles, rather than a person
 */
record FaultSchedule(long seed, int boards, int managers, boolean byRule, List<Fault> faults) {
    private static final int MANAGERS_WITH_MARGIN = 3;

    FaultSchedule {
        faults = faults.stream().sorted(Comparator.comparingLong(Fault::at)).toList();
    }

    static FaultSchedule of(long seed) {
        return new Maker(seed).make();
    }

    /** When the last of it is over, but for what follows from it. */
    long end() {
        return faults.stream().mapToLong(FaultSchedule::end).max().orElse(0);
    }

    private static long end(Fault fault) {
        long lasts = 0;
        if (fault instanceof AgentKilled killed) {
            lasts = killed.millis();
        } else if (fault instanceof PowerCut cut) {
            lasts = cut.millis();
        } else if (fault instanceof LinkCut cut) {
            lasts = cut.millis();
        } else if (fault instanceof WorkFails fails) {
            lasts = fails.millis();
        } else if (fault instanceof Slow slow) {
            lasts = slow.millis();
        } else if (fault instanceof Reflashed reflashed) {
            lasts = reflashed.millis();
        } else if (fault instanceof ControllerKilled killed) {
            lasts = killed.millis();
        }
        return fault.at() + lasts;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("seed " + seed + ": " + boards + " boards, " + managers + " managers"
                + (byRule ? " by the standing rule" : "") + '\n');
        faults.forEach(fault -> text.append("  ").append(fault).append('\n'));
        return text.toString();
    }

    /** Draws a schedule. */
    private static final class Maker {
        private static final int TROUBLED_MILLIS = 6_000;

        private final Random random;
        private final long seed;
        private final List<Fault> faults = new ArrayList<>();

        /** From when on another thing may happen to each board. */
        private final long[] free;

        private final int boards;
        private final int managers;
        private final boolean byRule;
        private long controllerFree;

        Maker(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.boards = 2 + random.nextInt(4);
            this.managers = boards >= MANAGERS_WITH_MARGIN && random.nextBoolean() ? MANAGERS_WITH_MARGIN : 1;
            this.byRule = random.nextInt(3) == 0;
            this.free = new long[boards];
        }

        FaultSchedule make() {
            for (int board = 0; board < boards; board++) {
                free[board] = random.nextInt(1_200);
                faults.add(new Boot(free[board], board));
                if (!byRule) {
                    faults.add(new RoleWanted(random.nextInt(2_500), board, role(board)));
                }
            }
            int count = 3 + random.nextInt(6);
            for (int i = 0; i < count; i++) {
                draw(random.nextInt(TROUBLED_MILLIS));
            }
            return new FaultSchedule(seed, boards, managers, byRule, faults);
        }

        private String role(int board) {
            return board < managers ? "manager" : "worker";
        }

        private void draw(long at) {
            int board = random.nextInt(boards);
            long millis = 200L + random.nextInt(2_300);
            switch (random.nextInt(12)) {
                case 0, 1 -> controller(at, millis, board);
                case 2 -> faults.add(new WorkFails(at, board, millis, Program.APT));
                case 3 -> faults.add(new WorkFails(at, board, millis, Program.DOCKER));
                case 4 -> faults.add(new Slow(at, board, millis, 2 + random.nextInt(8)));
                case 5, 6 -> roles(at, millis, board);
                default -> board(at, millis, board);
            }
        }

        /** One at a time; now and then just when somebody changes something. */
        private void controller(long at, long millis, int board) {
            if (at < controllerFree) {
                return;
            }
            controllerFree = at + millis + 1_000;
            if (!byRule && random.nextBoolean() && mayLose(board)) {
                faults.add(new RoleWanted(at, board, null));
                faults.add(new RoleWanted(at + millis, board, role(board)));
                faults.add(new ControllerKilled(at + random.nextInt(30), millis));
            } else {
                faults.add(new ControllerKilled(at, millis));
            }
        }

        private void roles(long at, long millis, int board) {
            if (!byRule && mayLose(board)) {
                faults.add(new RoleWanted(at, board, null));
                faults.add(new RoleWanted(at + millis, board, role(board)));
            } else {
                board(at, millis, board);
            }
        }

        /** A swarm whose only manager goes is gone, and that is nobody's fault. */
        private boolean mayLose(int board) {
            return board >= managers || managers == MANAGERS_WITH_MARGIN;
        }

        private void board(long at, long millis, int board) {
            if (at < free[board]) {
                return;
            }
            free[board] = at + millis + 300;
            switch (random.nextInt(byRule || !mayLose(board) ? 5 : 6)) {
                case 0 -> faults.add(new AgentKilled(at, board, millis));
                case 1, 2 -> faults.add(new PowerCut(at, board, millis));
                case 3 ->
                    faults.add(new LinkCut(
                            at, board, millis, random.nextBoolean() ? Cable.State.SILENT : Cable.State.REFUSING));
                case 4 -> faults.add(new BusFlaps(at, board, 2 + random.nextInt(4)));
                default -> faults.add(new Reflashed(at, board, millis));
            }
        }
    }
}
