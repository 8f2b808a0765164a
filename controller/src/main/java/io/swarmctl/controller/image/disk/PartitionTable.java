package io.swarmctl.controller.image.disk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The partition table of a Raspberry Pi's card, an MBR with two entries.
 *
 * @param boot the FAT partition that the firmware reads
 * @param root the system
 */
public record PartitionTable(Partition boot, Partition root) {
    /** How many bytes at the beginning of a disk hold the table. */
    public static final int SIZE = 512;

    private static final int SIGNATURE_AT = 510;
    private static final int SIGNATURE = 0xaa55;
    private static final int ENTRIES_AT = 446;
    private static final int ENTRIES = 4;
    private static final int ENTRY_SIZE = 16;
    private static final int TYPE_AT = 4;
    private static final int START_AT = 8;
    private static final int COUNT_AT = 12;
    private static final long SECTOR = 512;
    private static final String OTHER_BASE =
            "take Raspberry Pi OS Lite (Bookworm or Trixie), or Debian with the same two partitions";

    /**
     * Reads it from the first sector of a disk.
     *
     * @throws ImageException when that is no table, or of other partitions than a Pi's card has
     */
    public static PartitionTable read(byte[] sector) throws ImageException {
        ByteBuffer bytes = ByteBuffer.wrap(sector).order(ByteOrder.LITTLE_ENDIAN);
        if (sector.length < SIZE || (bytes.getShort(SIGNATURE_AT) & 0xffff) != SIGNATURE) {
            throw new ImageException("this is no disk image: it has no partition table", OTHER_BASE);
        }
        List<Partition> partitions = new ArrayList<>();
        for (int i = 0; i < ENTRIES; i++) {
            int at = ENTRIES_AT + i * ENTRY_SIZE;
            int type = sector[at + TYPE_AT] & 0xff;
            if (type != 0) {
                partitions.add(new Partition(
                        type,
                        Integer.toUnsignedLong(bytes.getInt(at + START_AT)) * SECTOR,
                        Integer.toUnsignedLong(bytes.getInt(at + COUNT_AT)) * SECTOR));
            }
        }
        return ofTwo(partitions);
    }

    private static PartitionTable ofTwo(List<Partition> partitions) throws ImageException {
        if (partitions.size() != 2
                || !partitions.get(0).isFat32()
                || !partitions.get(1).isLinux()) {
            throw new ImageException("this image has " + words(partitions) + ", not FAT32 and Linux", OTHER_BASE);
        }
        PartitionTable table = new PartitionTable(partitions.get(0), partitions.get(1));
        if (table.boot.start() < SIZE || table.boot.end() > table.root.start()) {
            throw new ImageException("the partitions of this image overlap", "get the image again: it is damaged");
        }
        return table;
    }

    private static String words(List<Partition> partitions) {
        if (partitions.isEmpty()) {
            return "no partitions";
        }
        StringBuilder words = new StringBuilder(partitions.size() == 1 ? "a partition" : "partitions");
        for (Partition partition : partitions) {
            words.append(String.format(" 0x%02x", partition.type()));
        }
        return words.toString();
    }

    /** How many bytes an image has at least. */
    public long end() {
        return root.end();
    }
}
