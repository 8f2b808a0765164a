package io.swarmctl.controller.cli;

import io.swarmctl.controller.image.card.Wifi;
import io.swarmctl.controller.image.disk.ImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The wifi that the nodes of an image use. */
final class WifiOptions {
    @Option(
            names = "--wifi-ssid",
            paramLabel = "NAME",
            description =
                    "The wifi to use (WPA2). Its passphrase is asked for; only the key made of it is on the card.")
    private String ssid = "";

    @Option(names = "--wifi-country", paramLabel = "XX", description = "Where it stands, as DE: needed with a wifi.")
    private String country = "";

    @Option(
            names = "--wifi-passphrase-file",
            paramLabel = "FILE",
            description = "A file with the passphrase, instead of asking.")
    private @Nullable Path passphraseFile;

    /** Null without a wifi. */
    @Nullable
    Wifi read(Surroundings surroundings) throws CliException, ImageException {
        if (ssid.isEmpty()) {
            if (!country.isEmpty() || passphraseFile != null) {
                throw CliException.usage("which wifi?", "give its name too: --wifi-ssid NAME");
            }
            return null;
        }
        return Wifi.of(ssid, passphrase(surroundings), country);
    }

    private String passphrase(Surroundings surroundings) throws CliException {
        if (passphraseFile != null) {
            try {
                return Files.readString(passphraseFile).lines().findFirst().orElse("");
            } catch (IOException e) {
                throw new CliException("cannot read " + passphraseFile, "is it there, and readable for you?", e);
            }
        }
        Surroundings.Person person = surroundings.person();
        String typed = person == null ? null : person.secret("Passphrase of the wifi " + ssid + " (not shown): ");
        if (typed == null) {
            throw CliException.usage(
                    "nobody can be asked for the wifi's passphrase", "give it with --wifi-passphrase-file FILE");
        }
        return typed;
    }
}
