package io.swarmctl.controller.cli;

import io.swarmctl.controller.image.card.CardKit;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;

/** Where the files lie that are the same on all cards. */
final class Kits {
    private Kits() {}

    /** Where {@code SWARMCTL_KIT} says, or beside the jar that runs, or in the checkout that it was built in. */
    static CardKit find(Surroundings surroundings) throws CliException {
        String given = surroundings.variable("SWARMCTL_KIT");
        if (!given.isEmpty()) {
            return existing(List.of(Path.of(given)), "SWARMCTL_KIT names no directory");
        }
        Path jar = jar();
        Path beside = jar.resolveSibling("kit");
        return existing(
                List.of(beside, jar.resolveSibling("../../target/kit").normalize()),
                "the files for the card are not in " + beside);
    }

    private static CardKit existing(List<Path> candidates, String otherwise) throws CliException {
        return candidates.stream()
                .filter(Files::isDirectory)
                .findFirst()
                .map(CardKit::new)
                .orElseThrow(() -> new CliException(
                        otherwise,
                        "make them in a checkout of swarmctl: scripts/card kit; or say where: SWARMCTL_KIT"));
    }

    private static Path jar() throws CliException {
        CodeSource source = Kits.class.getProtectionDomain().getCodeSource();
        try {
            if (source != null) {
                return Path.of(source.getLocation().toURI()).toAbsolutePath();
            }
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new CliException("cannot tell where swarmctl lies", "say where the kit is: SWARMCTL_KIT", e);
        }
        throw new CliException("cannot tell where swarmctl lies", "say where the kit is: SWARMCTL_KIT");
    }
}
