package io.swarmctl.controller.image.fat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Where the parts of a FAT32 file system lie, from its boot sector. Sectors are of 512 bytes.
 *
 * @param fatStart sector of the first file allocation table
 * @param fatSectors sectors of each of them
 * @param infoSector with the count of free clusters; 0 when there is none
 * @param rootCluster the root directory's first
 * @param clusters how many there are; they are numbered from 2
 * @param dirty whether it was left without being unmounted
 */
record Geometry(
        int sectorsPerCluster,
        int fatStart,
        int fats,
        int fatSectors,
        int infoSector,
        int rootCluster,
        int clusters,
        boolean dirty) {
    static final int SECTOR = 512;
    static final int FIRST_CLUSTER = 2;

    /** 8 GiB with clusters of 1 KiB: far more than a boot partition has, and 32 MiB of memory. */
    private static final int MOST_CLUSTERS = 8 << 20;

    private static final int SIGNATURE = 0xaa55;

    /** @throws IOException when it is no FAT32 file system, or one that lies about its size */
    static Geometry read(byte[] sector, long length) throws IOException {
        ByteBuffer boot = ByteBuffer.wrap(sector).order(ByteOrder.LITTLE_ENDIAN);
        require((boot.getShort(510) & 0xffff) == SIGNATURE, "has no boot sector");
        require(boot.getShort(11) == SECTOR, "has no sectors of 512 bytes");
        int perCluster = sector[13] & 0xff;
        require(Integer.bitCount(perCluster) == 1, "has clusters of " + perCluster + " sectors");
        require(boot.getShort(17) == 0 && boot.getShort(22) == 0, "is FAT12 or FAT16, not FAT32");
        int reserved = boot.getShort(14) & 0xffff;
        int fats = sector[16] & 0xff;
        int fatSectors = boot.getInt(36);
        require(reserved > 0 && fats > 0 && fatSectors > 0, "has no file allocation table");
        require((boot.getShort(40) & 0x80) == 0, "does not keep its allocation tables alike");
        long total = Integer.toUnsignedLong(boot.getInt(32));
        require(total * SECTOR <= length, "is larger than its partition");
        long clusters = (total - reserved - (long) fats * fatSectors) / perCluster;
        long described = (long) fatSectors * SECTOR / Table.ENTRY - FIRST_CLUSTER;
        require(clusters > 0 && clusters <= described, "has an allocation table of the wrong size");
        require(clusters <= MOST_CLUSTERS, "has " + clusters + " clusters, too many for a boot partition");
        int root = boot.getInt(44);
        require(root >= FIRST_CLUSTER && root < clusters + FIRST_CLUSTER, "has no root directory");
        int info = boot.getShort(48) & 0xffff;
        return new Geometry(
                perCluster,
                reserved,
                fats,
                fatSectors,
                info < reserved ? info : 0,
                root,
                (int) clusters,
                (sector[65] & 1) != 0);
    }

    private static void require(boolean condition, String otherwise) throws IOException {
        if (!condition) {
            throw new IOException("the boot partition " + otherwise);
        }
    }

    int clusterSize() {
        return sectorsPerCluster * SECTOR;
    }

    long clusterStart(int cluster) {
        long sector = fatStart + (long) fats * fatSectors + (long) (cluster - FIRST_CLUSTER) * sectorsPerCluster;
        return sector * SECTOR;
    }

    /** The number after the last cluster's. */
    int end() {
        return clusters + FIRST_CLUSTER;
    }
}
