package io.swarmctl.controller.image.disk;

/**
 * One entry of a partition table.
 *
 * @param type as the table has it; {@code 0x0c} is FAT32, {@code 0x83} a Linux file system
 * @param start in bytes
 * @param size in bytes
 */
public record Partition(int type, long start, long size) {
    public boolean isFat32() {
        return type == 0x0b || type == 0x0c;
    }

    public boolean isLinux() {
        return type == 0x83;
    }

    public long end() {
        return start + size;
    }
}
