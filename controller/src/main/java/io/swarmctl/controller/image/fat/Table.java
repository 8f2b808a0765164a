package io.swarmctl.controller.image.fat;

import io.swarmctl.controller.image.disk.Section;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The file allocation table: which cluster follows which. In memory until it is written back, to all its copies. */
final class Table {
    /** Bytes of an entry. */
    static final int ENTRY = 4;

    private static final int MASK = 0x0fff_ffff;
    private static final int LAST = 0x0fff_ffff;
    private static final int FIRST_LAST = 0x0fff_fff8;

    private final Geometry geometry;
    private final byte[] bytes;
    private final ByteBuffer entries;
    private final BitSet changedSectors = new BitSet();
    private int free;
    private int search = Geometry.FIRST_CLUSTER;

    private Table(Geometry geometry, byte[] bytes) {
        this.geometry = geometry;
        this.bytes = bytes;
        this.entries = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int cluster = Geometry.FIRST_CLUSTER; cluster < geometry.end(); cluster++) {
            free += next(cluster) == 0 ? 1 : 0;
        }
    }

    static Table read(Section volume, Geometry geometry) throws IOException {
        int sectors = Math.min(geometry.fatSectors(), sectorOf(geometry.end() - 1) + 1);
        return new Table(
                geometry, volume.read((long) geometry.fatStart() * Geometry.SECTOR, sectors * Geometry.SECTOR));
    }

    private static int sectorOf(int cluster) {
        return cluster / (Geometry.SECTOR / ENTRY);
    }

    int free() {
        return free;
    }

    /** Where a search for a free cluster would begin. */
    int nextFreeHint() {
        return search;
    }

    /** @throws IOException when the chain leads nowhere, or in a circle */
    List<Integer> chain(int first) throws IOException {
        List<Integer> chain = new ArrayList<>();
        int cluster = first;
        while (cluster < FIRST_LAST) {
            if (cluster < Geometry.FIRST_CLUSTER || cluster >= geometry.end() || chain.size() > geometry.clusters()) {
                throw new IOException("the file system of the boot partition is damaged");
            }
            chain.add(cluster);
            cluster = next(cluster);
        }
        return chain;
    }

    /** Makes a chain that many clusters longer; an empty one begins. */
    void extend(List<Integer> chain, int count) throws IOException {
        if (count > free) {
            throw new IOException("the boot partition is full");
        }
        for (int i = 0; i < count; i++) {
            int cluster = takeFree();
            if (!chain.isEmpty()) {
                set(chain.get(chain.size() - 1), cluster);
            }
            chain.add(cluster);
        }
    }

    private int takeFree() {
        while (next(search) != 0) {
            search = search + 1 == geometry.end() ? Geometry.FIRST_CLUSTER : search + 1;
        }
        set(search, LAST);
        free--;
        return search;
    }

    /** Gives back what is more than that many clusters. */
    void shorten(List<Integer> chain, int keep) {
        while (chain.size() > keep) {
            set(chain.remove(chain.size() - 1), 0);
            free++;
        }
        if (!chain.isEmpty()) {
            set(chain.get(chain.size() - 1), LAST);
        }
    }

    private int next(int cluster) {
        return entries.getInt(cluster * ENTRY) & MASK;
    }

    /** The upper four bits are not ours. */
    private void set(int cluster, int next) {
        int kept = entries.getInt(cluster * ENTRY) & ~MASK;
        entries.putInt(cluster * ENTRY, kept | next);
        changedSectors.set(sectorOf(cluster));
    }

    void writeTo(Section volume) throws IOException {
        for (int copy = 0; copy < geometry.fats(); copy++) {
            long start = geometry.fatStart() + (long) copy * geometry.fatSectors();
            for (int sector = changedSectors.nextSetBit(0);
                    sector >= 0;
                    sector = changedSectors.nextSetBit(sector + 1)) {
                volume.write((start + sector) * Geometry.SECTOR, bytes, sector * Geometry.SECTOR, Geometry.SECTOR);
            }
        }
        changedSectors.clear();
    }
}
