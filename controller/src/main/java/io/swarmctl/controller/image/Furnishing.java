package io.swarmctl.controller.image;

import io.swarmctl.controller.image.base.BaseSystem;
import io.swarmctl.controller.image.base.KernelArguments;
import io.swarmctl.controller.image.card.CardFiles;
import io.swarmctl.controller.image.card.ImageInfo;
import io.swarmctl.controller.image.disk.ImageException;
import io.swarmctl.controller.image.disk.PartitionTable;
import io.swarmctl.controller.image.fat.FatVolume;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;

/** Puts our files onto the boot partition of an image that is being made. */
final class Furnishing {
    /** Of all that is written, so that the same inputs give the same bytes. */
    private static final LocalDateTime TIME = LocalDateTime.of(2020, 1, 1, 0, 0);

    private static final String CMDLINE = "cmdline.txt";
    private static final int LONGEST_CMDLINE = 900;
    private static final String WHERE_MOUNTED = "/boot/firmware/";

    private final Output output;
    private final PartitionTable table;
    private final Progress progress;

    Furnishing(Output output, PartitionTable table, Progress progress) {
        this.output = output;
        this.table = table;
        this.progress = progress;
    }

    ImageInfo furnish(CardFiles files, BaseSystem system) throws ImageException, IOException {
        Path payload = output.beside(".payload");
        try {
            progress.at("packing the agent", 0, 1);
            files.writePayload(system, payload);
            ImageInfo info = files.info(system);
            write(payload, files, info);
            return info;
        } finally {
            Files.deleteIfExists(payload);
        }
    }

    private void write(Path payload, CardFiles files, ImageInfo info) throws ImageException, IOException {
        Map<String, byte[]> small = new LinkedHashMap<>();
        small.put(CardFiles.SCRIPT, CardFiles.script());
        small.put(CardFiles.SECRETS, files.secrets());
        small.put(CardFiles.INFO, CardFiles.json(info));
        FatVolume volume = FatVolume.open(
                output.disk().part(table.boot().start(), table.boot().size()), TIME);
        requireRoom(volume, small, Files.size(payload));
        for (Map.Entry<String, byte[]> file : small.entrySet()) {
            volume.add(file.getKey(), new ByteArrayInputStream(file.getValue()), file.getValue().length);
        }
        progress.at("writing the boot partition", 0, 1);
        try (InputStream content = Files.newInputStream(payload)) {
            volume.add(CardFiles.PAYLOAD, content, Files.size(payload));
        }
        volume.overwrite(CMDLINE, cmdline(volume, info.wifiCountry()));
        volume.flush();
    }

    private static void requireRoom(FatVolume volume, Map<String, byte[]> small, long payload) throws ImageException {
        Map<String, Long> sizes = new LinkedHashMap<>();
        small.forEach((name, content) -> sizes.put(name, (long) content.length));
        sizes.put(CardFiles.PAYLOAD, payload);
        // One byte more than the boot partition has now makes one cluster more of cmdline.txt.
        sizes.put(CMDLINE, (long) LONGEST_CMDLINE);
        long takes = volume.takes(sizes);
        if (takes > volume.freeBytes()) {
            throw new ImageException(
                    "the boot partition has " + (volume.freeBytes() >> 20) + " MiB left, and the agent needs "
                            + (takes >> 20),
                    "take the image as it was published");
        }
    }

    private static byte[] cmdline(FatVolume volume, String wifiCountry) throws ImageException, IOException {
        String stock = new String(volume.read(CMDLINE, 64 * 1024), StandardCharsets.UTF_8);
        String line = KernelArguments.of(stock)
                .running(WHERE_MOUNTED + CardFiles.SCRIPT, wifiCountry)
                .line();
        if (line.length() > LONGEST_CMDLINE) {
            throw new ImageException(
                    "the kernel's command line would be " + line.length() + " letters long",
                    "take the image as it was published");
        }
        return line.getBytes(StandardCharsets.UTF_8);
    }
}
