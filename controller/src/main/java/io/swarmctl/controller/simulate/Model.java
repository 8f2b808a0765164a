package io.swarmctl.controller.simulate;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** The boards that can be simulated. Their speeds are those of apt and dpkg on a usual card, a 3B's being one. */
enum Model {
    PI_3B("3B", "Raspberry Pi 3 Model B Rev 1.2", 1.0, 906, 1),
    PI_3B_PLUS("3B+", "Raspberry Pi 3 Model B Plus Rev 1.3", 0.85, 906, 1),
    PI_4B("4B", "Raspberry Pi 4 Model B Rev 1.4", 0.5, 1846, 3),
    PI_5("5", "Raspberry Pi 5 Model B Rev 1.0", 0.33, 4049, 2);

    private static final long MIB = 1L << 20;

    private final String shortName;
    private final String fullName;
    private final double times;
    private final int mebibytes;
    private final int sizes;

    Model(String shortName, String fullName, double times, int mebibytes, int sizes) {
        this.shortName = shortName;
        this.fullName = fullName;
        this.times = times;
        this.mebibytes = mebibytes;
        this.sizes = sizes;
    }

    /** As people write it: {@code 3B+}, in either case. */
    static Optional<Model> named(String name) {
        return Arrays.stream(values())
                .filter(model -> model.shortName.equalsIgnoreCase(name.strip()))
                .findFirst();
    }

    static List<String> shortNames(List<Model> models) {
        return models.stream().map(model -> model.shortName).toList();
    }

    /** As the firmware writes it. */
    String fullName() {
        return fullName;
    }

    /** How long work takes, as a part of the time that a 3B needs. */
    double times() {
        return times;
    }

    /** What is usable of its memory, for each size that it is sold with: each is twice the one before. */
    List<Long> memoryBytes() {
        return LongStream.range(0, sizes)
                .mapToObj(size -> (mebibytes * MIB) << size)
                .toList();
    }
}
