package io.swarmctl.agent.machine;

import io.swarmctl.agent.machine.Commands.Command;
import java.time.Duration;
import java.time.Instant;

/** The clock as systemd and the kernel know it: whichever time service is installed, the kernel hears of it. */
final class DebianClock implements MachineClock {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Commands commands;

    DebianClock(Commands commands) {
        this.commands = commands;
    }

    @Override
    public boolean isKept() throws MachineException {
        Command ask = Command.of("timedatectl", "show", "--property=NTPSynchronized", "--value");
        return String.join(
                        "", commands.succeed(ask.within(PATIENCE), line -> {}).lines())
                .strip()
                .equals("yes");
    }

    /** Not through timedatectl, which refuses as long as a time service is enabled, though it reach nobody. */
    @Override
    public void set(Instant time) throws MachineException {
        commands.succeed(
                Command.of("date", "--utc", "--set=@" + time.getEpochSecond()).within(PATIENCE), line -> {});
    }
}
