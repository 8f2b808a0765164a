package io.swarmctl.agent.machine;

import io.swarmctl.agent.machine.Commands.Command;
import io.swarmctl.agent.workload.Workload;
import io.swarmctl.common.wire.Benchmark.Measured;
import java.time.Duration;
import java.util.List;

/** Has another process do the work, and asks the firmware meanwhile how the board feels. */
final class DebianWorkbench implements Workbench {
    private static final Duration WITHIN = Duration.ofSeconds(90);

    private final Commands commands;
    private final Hardware hardware;
    private final List<String> workload;

    /** @param workload the program with its arguments */
    DebianWorkbench(Commands commands, Hardware hardware, List<String> workload) {
        this.commands = commands;
        this.hardware = hardware;
        this.workload = List.copyOf(workload);
    }

    @Override
    public Run measure() throws InterruptedException {
        Strain strain = new Strain();
        Hardware.Feeling before = hardware.feeling();
        strain.see(before.throttled());
        Measured measured = work(strain);
        Hardware.Feeling after = hardware.feeling();
        strain.see(after.throttled());
        return new Run(measured, strain.bits(), before.celsius(), after.celsius());
    }

    private Measured work(Strain strain) throws InterruptedException {
        try {
            Commands.Result result = commands.run(
                    Command.of(workload).within(WITHIN),
                    line -> strain.see(hardware.feeling().throttled()));
            return result.lines().stream()
                    .flatMap(line -> Workload.read(line).stream())
                    .findFirst()
                    .orElseGet(() -> Workbench.nothing("the workload ended with " + result.status()));
        } catch (MachineException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return Workbench.nothing(String.valueOf(e.getMessage()));
        }
    }
}
