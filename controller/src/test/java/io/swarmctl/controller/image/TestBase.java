package io.swarmctl.controller.image;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** A small image as Raspberry Pi publishes them: the same layout and boot files, and a root of random bytes. */
public final class TestBase {
    static final String BOOKWORM = "console=serial0,115200 console=tty1 root=PARTUUID=4e639091-02 rootfstype=ext4 "
            + "fsck.repair=yes rootwait quiet init=/usr/lib/raspberrypi-sys-mods/firstboot\n";
    static final String TRIXIE = "console=serial0,115200 console=tty1 root=PARTUUID=4e639091-02 rootfstype=ext4 "
            + "fsck.repair=yes rootwait resize\n";

    public static final long BOOT_START = 8L << 20;

    /** Published ones have 512 MiB; this is quicker, and still FAT32 with 2 KiB clusters. */
    static final long BOOT_SIZE = 320L << 20;

    private static final int ROOT_SIZE = 3 << 20;

    private final Map<String, String> bootFiles = new LinkedHashMap<>();
    private int sectorsPerCluster = 1;
    private long bootSize = BOOT_SIZE;

    public static TestBase bookworm() {
        return new TestBase(BOOKWORM, 4);
    }

    public static TestBase trixie() {
        return new TestBase(TRIXIE, 1);
    }

    private TestBase(String cmdline, int sectorsPerCluster) {
        this.sectorsPerCluster = sectorsPerCluster;
        with("cmdline.txt", cmdline);
        with("config.txt", "arm_64bit=1\n");
        with("issue.txt", "Raspberry Pi reference 2025-10-01\nGenerated using pi-gen, stage2\n");
        with("kernel8.img", "a kernel");
    }

    public TestBase with(String bootFile, String content) {
        bootFiles.put(bootFile, content);
        return this;
    }

    public TestBase without(String bootFile) {
        bootFiles.remove(bootFile);
        return this;
    }

    public TestBase bootSize(long bytes) {
        bootSize = bytes;
        return this;
    }

    public Path writeTo(Path image) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.write(table());
            file.seek(BOOT_START + bootSize);
            byte[] root = new byte[ROOT_SIZE];
            new Random(7).nextBytes(root);
            file.write(root);
        }
        TestTools.run(
                "mkfs.vfat",
                "--invariant",
                "--offset=" + BOOT_START / 512,
                "-F",
                "32",
                "-s",
                "" + sectorsPerCluster,
                "-n",
                "BOOTFS",
                image.toString(),
                "" + bootSize / 1024);
        Path files = Files.createTempDirectory("boot");
        for (Map.Entry<String, String> file : bootFiles.entrySet()) {
            Path source = Files.writeString(files.resolve(file.getKey()), file.getValue(), StandardCharsets.UTF_8);
            TestTools.run("mcopy", "-i", image + "@@" + BOOT_START, source.toString(), "::" + file.getKey());
            Files.delete(source);
        }
        Files.delete(files);
        return image;
    }

    private byte[] table() {
        ByteBuffer table = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
        entry(table, 446, 0x0c, BOOT_START, bootSize);
        entry(table, 462, 0x83, BOOT_START + bootSize, ROOT_SIZE);
        return table.putShort(510, (short) 0xaa55).array();
    }

    private static void entry(ByteBuffer table, int at, int type, long start, long size) {
        table.put(at + 4, (byte) type).putInt(at + 8, (int) (start / 512)).putInt(at + 12, (int) (size / 512));
    }
}
