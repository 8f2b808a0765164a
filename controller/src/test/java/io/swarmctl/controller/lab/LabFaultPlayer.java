package io.swarmctl.controller.lab;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Lets the faults of a schedule happen, at their times, on a thread of its own. */
final class LabFaultPlayer implements AutoCloseable {
    private final LabFleet fleet;
    private final VirtualPis pis;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "faults"));

    LabFaultPlayer(LabFleet fleet) {
        this.fleet = fleet;
        this.pis = fleet.pis();
    }

    /** Returns when the last one is over. */
    void play(LabFaultSchedule schedule) throws InterruptedException, ExecutionException {
        List<Future<?>> all = new ArrayList<>();
        for (LabFault fault : schedule.faults()) {
            all.add(at(fault.atSeconds(), () -> begin(fault)));
            all.add(at(fault.endSeconds(), () -> end(fault)));
        }
        for (Future<?> one : all) {
            one.get();
        }
    }

    private Future<?> at(int seconds, Step step) {
        return thread.schedule(
                () -> {
                    step.take();
                    return null;
                },
                seconds,
                TimeUnit.SECONDS);
    }

    private void begin(LabFault fault) throws IOException, InterruptedException {
        switch (fault.kind()) {
            case POWER_CUT -> pis.lab("power-cut", fault.pi());
            case LINK_CUT -> pis.lab("link", fault.pi(), "down");
            case PACKET_LOSS -> pis.lab("loss", fault.pi(), fault.detail());
            case SLOW_NETWORK -> pis.lab("rate", fault.pi(), fault.detail());
            case BAD_MIRROR -> pis.lab("mirror", fault.pi(), fault.detail());
            case FULL_CARD -> pis.lab("fill", fault.pi());
            case KILLED_PROCESS -> killIfThere(fault);
            case LOCKED_DPKG -> pis.lab("lock-dpkg", fault.pi(), String.valueOf(fault.forSeconds()));
            case CONTROLLER_KILLED -> fleet.killController();
        }
    }

    private void end(LabFault fault) throws IOException, InterruptedException {
        switch (fault.kind()) {
            case POWER_CUT -> pis.lab("boot", fault.pi());
            case LINK_CUT -> pis.lab("link", fault.pi(), "up");
            case PACKET_LOSS -> pis.lab("loss", fault.pi(), "off");
            case SLOW_NETWORK -> pis.lab("rate", fault.pi(), "off");
            case BAD_MIRROR -> pis.lab("mirror", fault.pi(), "off");
            case FULL_CARD -> pis.lab("free", fault.pi());
            case KILLED_PROCESS, LOCKED_DPKG -> {}
            case CONTROLLER_KILLED -> fleet.startController();
        }
    }

    /** At that time it may not run yet, or no more. */
    private void killIfThere(LabFault fault) throws IOException, InterruptedException {
        try {
            pis.lab("kill", fault.pi(), fault.detail());
        } catch (IOException e) {
            String why = String.valueOf(e.getMessage());
            if (!why.contains("there is no " + fault.detail()) && !why.contains("is off")) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            thread.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Step {
        void take() throws IOException, InterruptedException;
    }
}
