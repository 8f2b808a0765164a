package io.swarmctl.controller.image.flash;

import io.swarmctl.controller.image.flash.BlockDevice.Attachment;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads from {@code /sys} which disks there are. What is missing there is empty: devices come and go. */
public final class SysFiles {
    private static final long SECTOR = 512;

    /** Parts of soldered flash memory that the kernel shows as disks. */
    private static final Pattern HIDDEN = Pattern.compile("mmcblk\\d+(boot\\d+|rpmb)");

    private static final Pattern ON_USB = Pattern.compile(".*/usb\\d+/.*");

    private final Path root;
    private final Path blocks;

    /** @param root where {@code sys}, {@code proc} and {@code dev} are */
    public SysFiles(Path root) {
        this.root = root;
        this.blocks = root.resolve("sys/block");
    }

    /** Whether this is a machine that tells. */
    public boolean isThere() {
        return Files.isDirectory(blocks);
    }

    public Disks read() throws IOException {
        List<BlockDevice> devices = new ArrayList<>();
        List<Path> entries = entries(blocks);
        for (Path entry : entries) {
            if (!HIDDEN.matcher(name(entry)).matches() && !text(entry, "hidden").equals("1")) {
                devices.add(device(entry, entries));
            }
        }
        ProcFiles processes = new ProcFiles(root);
        return new Disks(devices, processes.mounts(), processes.swaps());
    }

    private static BlockDevice device(Path entry, List<Path> all) throws IOException {
        List<BlockDevice.Part> parts = new ArrayList<>();
        for (Path below : entries(entry)) {
            if (Files.exists(below.resolve("partition"))) {
                parts.add(new BlockDevice.Part(name(below), text(below, "dev"), holders(below, all)));
            }
        }
        return new BlockDevice(
                name(entry),
                text(entry, "dev"),
                sectors(entry) * SECTOR,
                attachment(entry),
                text(entry, "removable").equals("1"),
                text(entry, "ro").equals("1"),
                model(entry),
                text(entry, "device/cid"),
                text(entry, "diskseq"),
                holders(entry, all),
                parts);
    }

    private static long sectors(Path entry) {
        String size = text(entry, "size");
        return size.matches("\\d{1,15}") ? Long.parseLong(size) : 0;
    }

    /** Both directions are read: whichever end has been told, it counts. */
    private static Set<String> holders(Path entry, List<Path> all) throws IOException {
        Set<String> holders = new HashSet<>();
        entries(entry.resolve("holders")).forEach(holder -> holders.add(name(holder)));
        for (Path other : all) {
            if (Files.exists(other.resolve("slaves").resolve(name(entry)))) {
                holders.add(name(other));
            }
        }
        return holders;
    }

    private static Attachment attachment(Path entry) throws IOException {
        String name = name(entry);
        if (name.startsWith("mmcblk")) {
            return text(entry, "device/type").equals("SD") ? Attachment.SD : Attachment.MMC;
        }
        if (name.startsWith("loop")) {
            return Attachment.LOOP;
        }
        if (name.startsWith("sr")) {
            return Attachment.OPTICAL;
        }
        return ON_USB.matcher(entry.toRealPath().toString()).matches() ? Attachment.USB : Attachment.OTHER;
    }

    private static String model(Path entry) {
        Set<String> words = new LinkedHashSet<>(List.of(
                text(entry, "device/vendor"),
                text(entry, "device/model"),
                text(entry, "device/name"),
                text(entry, "loop/backing_file")));
        words.removeIf(word -> word.isEmpty() || word.startsWith("0x"));
        return String.join(" ", words);
    }

    private static List<Path> entries(Path directory) throws IOException {
        List<Path> entries = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
                stream.forEach(entries::add);
            }
        }
        entries.sort(null);
        return entries;
    }

    private static String name(Path entry) {
        return entry.getFileName().toString();
    }

    /** One line that may be shown: it comes from a device that somebody put in. */
    private static String text(Path entry, String file) {
        try {
            return Files.readString(entry.resolve(file)).strip().replaceAll("[^\\x20-\\x7e]", "?");
        } catch (IOException e) {
            return "";
        }
    }
}
