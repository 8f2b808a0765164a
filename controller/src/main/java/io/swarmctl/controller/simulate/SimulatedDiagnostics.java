package io.swarmctl.controller.simulate;

import io.swarmctl.agent.machine.Diagnostics;
import io.swarmctl.common.wire.Facts;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What a simulated machine tells of itself: the same parts as a real one's, as far as it has them. */
record SimulatedDiagnostics(Supplier<Facts> machine) implements Diagnostics {
    private static final Duration LOOKING = Duration.ofMillis(300);
    private static final double GIB = 1L << 30;

    @Override
    public void look(Consumer<Clue> clues) throws InterruptedException {
        Thread.sleep(LOOKING.toMillis());
        Facts facts = machine.get();
        StringBuilder addresses = new StringBuilder();
        facts.interfaces()
                .forEach(one -> addresses.append(
                        String.format(Locale.ROOT, "%-16s UP             %s/16%n", one.name(), one.address())));
        tell(
                clues,
                "uptime and load",
                "a simulated machine, started " + facts.system().bootId());
        tell(clues, "addresses", addresses.toString());
        tell(clues, "name servers", String.valueOf(facts.nameServers()));
        tell(
                clues,
                "disk",
                String.format(Locale.ROOT, "%.1f GB free", facts.system().freeDiskBytes() / GIB));
        tell(
                clues,
                "power and heat",
                String.format(
                        Locale.ROOT,
                        "throttled=0x%x, %.1f C",
                        facts.hardware().throttled(),
                        facts.hardware().celsius()));
        tell(clues, "Docker engine", facts.docker().answers() ? facts.docker().version() : "it does not answer");
        tell(clues, "unfinished packages", facts.packages().interrupted() ? "dpkg was interrupted" : "");
        tell(clues, "kernel log", "Linux version " + facts.system().kernel());
    }

    private static void tell(Consumer<Clue> clues, String name, String text) {
        clues.accept(new Clue(name, text, ""));
    }
}
