package io.swarmctl.controller.image.base;

import io.swarmctl.controller.image.fat.FatEntry;
import io.swarmctl.controller.image.fat.FatVolume;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * What is looked at in a boot partition to know what lies on it.
 *
 * @param names of all files, in small letters
 * @param size of the partition, in bytes
 * @param dirty whether it was left without being unmounted
 * @param cmdline the kernel's command line; empty when there is none, as with the other texts
 */
public record BootFiles(
        List<String> names,
        long size,
        boolean dirty,
        String cmdline,
        String issue,
        String userData,
        String networkConfig) {
    private static final int LONGEST = 64 * 1024;

    public BootFiles {
        names = List.copyOf(names);
    }

    public static BootFiles read(FatVolume volume, long size) throws IOException {
        return new BootFiles(
                volume.entries().stream()
                        .map(FatEntry::name)
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .toList(),
                size,
                volume.dirty(),
                text(volume, "cmdline.txt"),
                text(volume, "issue.txt"),
                text(volume, "user-data"),
                text(volume, "network-config"));
    }

    private static String text(FatVolume volume, String name) throws IOException {
        return volume.find(name).isPresent() ? new String(volume.read(name, LONGEST), StandardCharsets.UTF_8) : "";
    }

    boolean has(String name) {
        return names.contains(name);
    }
}
