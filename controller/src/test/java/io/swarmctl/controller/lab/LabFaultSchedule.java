package io.swarmctl.controller.lab;

import io.swarmctl.controller.lab.LabFault.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Faults that befall a fleet of virtual Pis while they become a swarm. The same seed always gives the same. */
record LabFaultSchedule(long seed, List<LabFault> faults) {
    private static final int PROVISIONING_SECONDS = 100;
    private static final int LONGEST_GAP = 25;
    private static final List<Kind> OF_PIS = Stream.of(Kind.values())
            .filter(kind -> kind != Kind.CONTROLLER_KILLED)
            .toList();
    private static final List<String> MIRROR_MODES = List.of("404", "hash", "truncated", "hanging", "portal", "slow");
    private static final List<String> PROCESSES = List.of("agent", "agent", "docker", "containerd", "apt-get", "dpkg");

    LabFaultSchedule {
        faults = List.copyOf(faults);
    }

    /** On each Pi one after the other, and now and then the controller is away. */
    static LabFaultSchedule of(long seed, List<String> pis) {
        Random random = new Random(seed);
        List<LabFault> faults = new ArrayList<>();
        for (String pi : pis) {
            int at = 1 + random.nextInt(LONGEST_GAP);
            while (at < PROVISIONING_SECONDS) {
                Kind kind = OF_PIS.get(random.nextInt(OF_PIS.size()));
                LabFault fault = new LabFault(kind, detail(kind, random), pi, at, length(kind, random));
                faults.add(fault);
                at = fault.endSeconds() + 5 + random.nextInt(LONGEST_GAP);
            }
        }
        if (random.nextBoolean()) {
            int at = 5 + random.nextInt(PROVISIONING_SECONDS / 2);
            faults.add(new LabFault(Kind.CONTROLLER_KILLED, "", "", at, 5 + random.nextInt(30)));
        }
        faults.sort(Comparator.comparing(LabFault::atSeconds));
        return new LabFaultSchedule(seed, faults);
    }

    private static String detail(Kind kind, Random random) {
        return switch (kind) {
            case PACKET_LOSS -> String.valueOf(1 + random.nextInt(20));
            case SLOW_NETWORK -> String.valueOf(1_000 + random.nextInt(9_000));
            case BAD_MIRROR -> MIRROR_MODES.get(random.nextInt(MIRROR_MODES.size()));
            case KILLED_PROCESS -> PROCESSES.get(random.nextInt(PROCESSES.size()));
            case POWER_CUT, LINK_CUT, FULL_CARD, LOCKED_DPKG, CONTROLLER_KILLED -> "";
        };
    }

    private static int length(Kind kind, Random random) {
        return kind == Kind.KILLED_PROCESS ? 0 : 3 + random.nextInt(25);
    }

    @Override
    public String toString() {
        return "seed " + seed + ":\n" + faults.stream().map(LabFault::toString).collect(Collectors.joining("\n"));
    }
}
