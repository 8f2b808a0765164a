package io.swarmctl.controller.simulate;

import io.swarmctl.common.wire.Measure;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How fast boards are, about: of the usual size, with a usual card, on a cable. Made up. Pure. */
final class Speeds {
    private static final List<Measure> IN_ORDER = List.of(
            Measure.CPU_ONE,
            Measure.CPU_BURST,
            Measure.CPU_SUSTAINED,
            Measure.MEMORY_COPY,
            Measure.CARD_WRITE,
            Measure.CARD_READ,
            Measure.CARD_RANDOM_WRITE,
            Measure.CARD_RANDOM_READ,
            Measure.LINK_ROUND_TRIP,
            Measure.LINK_DOWN,
            Measure.LINK_UP);

    private Speeds() {}

    static Map<Measure, Double> of(Model model) {
        return switch (model) {
            case PI_3B -> speeds(15_000, 59_500, 58_900, 1_100, 17, 22, 450, 1_900, 0.9, 11.6, 11.2);
            case PI_3B_PLUS -> speeds(17_500, 69_500, 67_000, 1_150, 18, 22.5, 480, 2_000, 0.75, 29, 27);
            case PI_4B -> speeds(36_000, 142_000, 141_000, 2_500, 32, 44, 900, 2_700, 0.35, 112, 108);
            case PI_5 -> speeds(100_000, 395_000, 388_000, 5_500, 50, 88, 1_600, 4_200, 0.25, 116, 114);
        };
    }

    /** What wifi carries at the most, in megabytes a second. */
    static double wifi(Model model) {
        return switch (model) {
            case PI_3B -> 4.5;
            case PI_3B_PLUS -> 11;
            case PI_4B -> 12;
            case PI_5 -> 16;
        };
    }

    /** How likely it is that a board gets too warm, of one. */
    static double throttling(Model model) {
        return switch (model) {
            case PI_3B -> 0.04;
            case PI_3B_PLUS -> 0.25;
            case PI_4B -> 0.08;
            case PI_5 -> 0.06;
        };
    }

    private static Map<Measure, Double> speeds(double... values) {
        Map<Measure, Double> speeds = new EnumMap<>(Measure.class);
        for (int i = 0; i < values.length; i++) {
            speeds.put(IN_ORDER.get(i), values[i]);
        }
        return speeds;
    }
}
