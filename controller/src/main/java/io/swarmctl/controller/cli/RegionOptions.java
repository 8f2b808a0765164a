package io.swarmctl.controller.cli;

import io.swarmctl.controller.image.card.Region;
import io.swarmctl.controller.text.Nearest;
import java.time.ZoneId;
import java.util.List;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/** Where the nodes of an image stand. */
final class RegionOptions {
    @Option(names = "--timezone", paramLabel = "ZONE", description = "As Europe/Berlin (default: as the base has it).")
    private String timezone = "";

    @Option(names = "--locale", paramLabel = "LOCALE", description = "As de_DE.UTF-8 (default: as the base has it).")
    private String locale = "";

    @Option(names = "--keyboard", paramLabel = "LAYOUT", description = "As de (default: as the base has it).")
    private String keyboard = "";

    Region read() throws CliException {
        if (!timezone.isEmpty() && !ZoneId.getAvailableZoneIds().contains(timezone)) {
            throw CliException.usage(
                    "there is no time zone " + timezone,
                    Nearest.didYouMean(
                            timezone,
                            List.copyOf(new TreeSet<>(ZoneId.getAvailableZoneIds())),
                            "write it as Europe/Berlin"));
        }
        if (!locale.matches("|C\\.UTF-8|[a-z]{2,3}_[A-Z]{2}\\.UTF-8")) {
            throw CliException.usage("'" + locale + "' is no locale", "write it as de_DE.UTF-8");
        }
        if (!keyboard.matches("[a-z]{0,12}")) {
            throw CliException.usage("'" + keyboard + "' is no keyboard layout", "write it as de, us, gb");
        }
        return new Region(timezone, locale, keyboard);
    }
}
