package io.swarmctl.controller.image.flash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A machine's disks as directories: what Linux shows below /sys and /proc. */
public final class DiskTree {
    private static final String OURS = "mnt:[1]";

    private final Path root;

    public DiskTree(Path root) {
        this.root = root;
        write("proc/self/mountinfo", "");
        link("proc/self/ns/mnt", OURS);
        write("proc/swaps", "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n");
        directory("sys/block");
        directory("dev");
    }

    /** A laptop: system on an NVMe disk, an SD card in its slot, and a reader on USB. */
    public static DiskTree laptop(Path root) {
        DiskTree tree = new DiskTree(root);
        tree.disk("nvme0n1", "259:0", "pci0000:00/0000:04:00.0/nvme/nvme0", 500_000_000_000L)
                .with("device/model", "KXG60ZNV512G");
        tree.part("nvme0n1", "nvme0n1p1", "259:1").mount("259:1", "/dev/nvme0n1p1", "/boot/efi");
        tree.part("nvme0n1", "nvme0n1p2", "259:2").mount("259:2", "/dev/nvme0n1p2", "/");
        tree.disk("mmcblk0", "179:0", "pci0000:00/mmc_host/mmc0/mmc0:aaaa", 31_914_983_424L)
                .with("device/type", "SD")
                .with("device/name", "SC32G")
                .with("device/cid", "035344534333324780a1b2c3d4015100");
        tree.part("mmcblk0", "mmcblk0p1", "179:1");
        tree.disk("sda", "8:0", "pci0000:00/usb1/1-1/host2/target2:0:0/2:0:0:0", 15_931_539_456L)
                .with("removable", "1")
                .with("device/vendor", "Generic ")
                .with("device/model", "STORAGE DEVICE  ");
        tree.part("sda", "sda1", "8:1");
        return tree;
    }

    /** Files of one disk. */
    public final class Entry {
        private final String directory;

        private Entry(String directory) {
            this.directory = directory;
        }

        public Entry with(String file, String content) {
            write(directory + "/" + file, content + "\n");
            return this;
        }
    }

    public Entry disk(String name, String number, String bus, long size) {
        String directory = "sys/devices/" + bus + "/block/" + name;
        link("sys/block/" + name, "../" + directory.substring("sys/".length()));
        return new Entry(directory)
                .with("dev", number)
                .with("size", "" + size / 512)
                .with("removable", "0")
                .with("ro", "0");
    }

    public Entry at(String name) {
        return new Entry("sys/block/" + name);
    }

    public DiskTree part(String disk, String name, String number) {
        at(disk).with(name + "/dev", number).with(name + "/partition", "1");
        return this;
    }

    /** Another disk is built on this one, or on a part of it. */
    public DiskTree holds(String diskOrPart, String holder, String number) {
        disk(holder, number, "virtual", 10_000_000_000L);
        directory("sys/block/" + diskOrPart + "/holders/" + holder);
        return this;
    }

    public DiskTree mount(String number, String source, String point) {
        line("proc/self/mountinfo", mountLine(number, source, point));
        return this;
    }

    /** A process that has mounts of its own. */
    public DiskTree mountElsewhere(int process, String name, String number, String source, String point) {
        write("proc/" + process + "/comm", name + "\n");
        link("proc/" + process + "/ns/mnt", "mnt:[" + process + "]");
        write("proc/" + process + "/mountinfo", mountLine(number, source, point));
        return this;
    }

    private static String mountLine(String number, String source, String point) {
        return "27 1 " + number + " / " + point + " rw,relatime shared:1 - ext4 " + source + " rw\n";
    }

    public DiskTree swap(String file) {
        line("proc/swaps", file + "\tpartition\t8388604\t0\t-2\n");
        return this;
    }

    /** A name such as LVM gives. */
    public DiskTree alias(String name, String target) {
        write("dev/" + target, "");
        link("dev/" + name, root.resolve("dev/" + target).toString());
        return this;
    }

    public SysFiles files() {
        return new SysFiles(root);
    }

    public Disks read() {
        try {
            return files().read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As if somebody had typed the path of a device with that number. */
    static Node node(String typed, @Nullable String number) {
        return new Node(typed, Path.of(typed), number == null ? "" : number, true, true);
    }

    static Map<String, String> numbers() {
        return Map.of("/dev/nvme0n1", "259:0", "/dev/mmcblk0", "179:0", "/dev/sda", "8:0", "/dev/sda1", "8:1");
    }

    private void directory(String path) {
        try {
            Files.createDirectories(root.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String path, String content) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void line(String path, String content) {
        try {
            Files.writeString(root.resolve(path), content, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void link(String path, String target) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.createSymbolicLink(file, Path.of(target));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
