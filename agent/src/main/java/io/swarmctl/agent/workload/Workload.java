package io.swarmctl.agent.workload;

import io.swarmctl.common.wire.Benchmark.Measured;
import io.swarmctl.common.wire.Measure;
import io.swarmctl.common.wire.WireException;
import io.swarmctl.common.wire.WireJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A process that works as hard as the board can, for some 25 s, and prints what it measured. Apart from the agent, whose
 * heap is small and whose code is compiled in haste.
 */
public final class Workload {
    /** What it prints now and then. */
    static final String AT_WORK = "at work";

    private static final String BRIEF = "brief";

    private Workload() {}

    /**
     * What starts it, with the Java and the classes that run here.
     *
     * @param directory on the card that is to be measured
     */
    public static List<String> command(Path directory) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx80m",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                Workload.class.getName(),
                directory.toString());
    }

    /** The same for a moment only: the numbers are of no use. */
    static List<String> brief(Path directory) {
        return Stream.concat(command(directory).stream(), Stream.of(BRIEF)).toList();
    }

    /** What a line that it printed says; empty for all lines but the last. */
    public static Optional<Measured> read(String line) {
        try {
            return line.startsWith("{") ? Optional.of(WireJson.read(line, Measured.class)) : Optional.empty();
        } catch (WireException e) {
            return Optional.empty();
        }
    }

    public static void main(String[] args) throws InterruptedException {
        Watchdog.begin(System.out);
        Sizes sizes = args.length > 1 && args[1].equals(BRIEF) ? Sizes.BRIEF : Sizes.FULL;
        System.out.println(WireJson.write(measure(Path.of(args[0]), sizes), Measured.class));
    }

    static Measured measure(Path directory, Sizes sizes) throws InterruptedException {
        Findings findings = new Findings();
        processor(findings, sizes);
        findings.take(Measure.MEMORY_COPY, () -> Memory.copy(sizes.memoryBytes(), sizes.memory()));
        card(findings, directory, sizes);
        return findings.measured();
    }

    private static void processor(Findings findings, Sizes sizes) throws InterruptedException {
        Processor processor = new Processor();
        double unused = processor.oneCore(sizes.warmUp());
        findings.take(Measure.CPU_ONE, () -> processor.oneCore(sizes.oneCore()));
        Processor.Pace pace = processor.allCores(sizes.allCores(), sizes.edge());
        findings.take(Measure.CPU_BURST, pace::first);
        findings.take(Measure.CPU_SUSTAINED, pace::last);
    }

    private static void card(Findings findings, Path directory, Sizes sizes) throws InterruptedException {
        try (CardFile file = new CardFile(directory, sizes.cardBytes())) {
            findings.take(Measure.CARD_WRITE, () -> file.write(sizes.card()));
            findings.take(Measure.CARD_READ, () -> file.read(sizes.card()));
            findings.take(Measure.CARD_RANDOM_READ, () -> file.readAnywhere(sizes.random()));
            findings.take(Measure.CARD_RANDOM_WRITE, () -> file.writeAnywhere(sizes.random()));
        } catch (IOException e) {
            for (Measure measure : List.of(
                    Measure.CARD_WRITE, Measure.CARD_READ, Measure.CARD_RANDOM_READ, Measure.CARD_RANDOM_WRITE)) {
                findings.miss(measure, String.valueOf(e.getMessage()));
            }
        }
    }
}
