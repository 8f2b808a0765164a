package io.swarmctl.common.wire;

import java.util.Arrays;
import java.util.Optional;

/** What a benchmark measures. The keys are fixed: results are compared over years. */
public enum Measure {
    CPU_ONE("cpu-one", "CPU, one core", "rounds/s", Better.MORE),
    CPU_BURST("cpu-burst", "CPU, all cores, first seconds", "rounds/s", Better.MORE),
    CPU_SUSTAINED("cpu-sustained", "CPU, all cores, last seconds", "rounds/s", Better.MORE),
    MEMORY_COPY("memory-copy", "memory, copy", "MB/s", Better.MORE),
    CARD_WRITE("card-write", "card, write", "MB/s", Better.MORE),
    CARD_READ("card-read", "card, read", "MB/s", Better.MORE),
    CARD_RANDOM_WRITE("card-random-write", "card, random write of 4 KB", "operations/s", Better.MORE),
    CARD_RANDOM_READ("card-random-read", "card, random read of 4 KB", "operations/s", Better.MORE),
    LINK_ROUND_TRIP("link-round-trip", "link, round trip", "ms", Better.LESS),
    LINK_DOWN("link-down", "link, from the controller", "MB/s", Better.MORE),
    LINK_UP("link-up", "link, to the controller", "MB/s", Better.MORE);

    private final String key;
    private final String title;
    private final String unit;
    private final Better better;

    /** Which of two values is the better one. */
    public enum Better {
        MORE,
        LESS
    }

    Measure(String key, String title, String unit, Better better) {
        this.key = key;
        this.title = title;
        this.unit = unit;
        this.better = better;
    }

    /** As programs know it. */
    public String key() {
        return key;
    }

    /** As people call it. */
    public String title() {
        return title;
    }

    public String unit() {
        return unit;
    }

    public Better better() {
        return better;
    }

    /** Whether it is about the way to the controller. */
    public boolean isOfLink() {
        return switch (this) {
            case LINK_ROUND_TRIP, LINK_DOWN, LINK_UP -> true;
            case CPU_ONE,
                    CPU_BURST,
                    CPU_SUSTAINED,
                    MEMORY_COPY,
                    CARD_WRITE,
                    CARD_READ,
                    CARD_RANDOM_WRITE,
                    CARD_RANDOM_READ -> false;
        };
    }

    public static Optional<Measure> of(String key) {
        return Arrays.stream(values())
                .filter(measure -> measure.key.equals(key))
                .findFirst();
    }
}
