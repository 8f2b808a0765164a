package io.swarmctl.controller.image.fat;

import io.swarmctl.controller.image.disk.Section;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files in the root directory of a FAT32 file system. Contents are written at once, tables and directory with
 * {@link #flush()}: until then the file system is torn, so work on a copy. The same calls give the same bytes.
 */
public final class FatVolume {
    private static final long LARGEST_FILE = 0xffff_ffffL;
    private static final int INFO_SIGNATURE = 0x61417272;
    private static final int INFO_SIGNATURE_AT = 484;

    private final Section disk;
    private final LocalDateTime time;
    private final Geometry geometry;
    private final Table table;
    private final Directory root;
    private final List<Integer> rootChain;

    private FatVolume(Section disk, LocalDateTime time) throws IOException {
        this.disk = disk;
        this.time = time;
        this.geometry = Geometry.read(disk.read(0, Geometry.SECTOR), disk.length());
        this.table = Table.read(disk, geometry);
        this.rootChain = table.chain(geometry.rootCluster());
        this.root = new Directory(content(rootChain, (long) rootChain.size() * geometry.clusterSize()));
    }

    /**
     * Reads tables and root directory.
     *
     * @param time what files that are written will say that they were made at
     * @throws IOException when it is no FAT32 file system, or a damaged one
     */
    public static FatVolume open(Section disk, LocalDateTime time) throws IOException {
        return new FatVolume(disk, time);
    }

    /** Whether it was left without being unmounted. */
    public boolean dirty() {
        return geometry.dirty();
    }

    public List<FatEntry> entries() {
        return root.entries();
    }

    public Optional<FatEntry> find(String name) {
        return root.find(name);
    }

    public long freeBytes() {
        return (long) table.free() * geometry.clusterSize();
    }

    /**
     * How many bytes of {@link #freeBytes()} new files would take, with the directory's own growth.
     *
     * @param sizes each file's size in bytes by name
     */
    public long takes(Map<String, Long> sizes) {
        long clusters = 0;
        int slots = 0;
        for (var file : sizes.entrySet()) {
            clusters += clusters(file.getValue());
            slots += Directory.slots(file.getKey());
        }
        long growth = Math.max(0, slots - root.freeSlots());
        return (clusters + clusters(growth * Directory.ENTRY)) * geometry.clusterSize();
    }

    /** @throws IOException when there is no such file, or it is longer than that */
    public byte[] read(String name, int most) throws IOException {
        FatEntry entry = existing(name);
        if (entry.size() > most) {
            throw new IOException(name + " is longer than " + most + " bytes");
        }
        return entry.size() == 0 ? new byte[0] : content(table.chain(entry.firstCluster()), entry.size());
    }

    private FatEntry existing(String name) throws IOException {
        return find(name)
                .filter(entry -> !entry.directory())
                .orElseThrow(() -> new IOException("there is no file " + name + " on the boot partition"));
    }

    private byte[] content(List<Integer> chain, long size) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream((int) size);
        long left = size;
        for (int cluster : chain) {
            int count = (int) Math.min(left, geometry.clusterSize());
            content.write(disk.read(geometry.clusterStart(cluster), count), 0, count);
            left -= count;
        }
        if (left > 0) {
            throw new IOException("the file system of the boot partition is damaged");
        }
        return content.toByteArray();
    }

    /** Writes new content into a file that is there: it keeps its names, and its clusters as far as they are needed. */
    public void overwrite(String name, byte[] content) throws IOException {
        FatEntry entry = existing(name);
        List<Integer> chain = entry.size() == 0 ? new ArrayList<>() : table.chain(entry.firstCluster());
        int needed = Math.toIntExact(clusters(content.length));
        if (needed > chain.size()) {
            table.extend(chain, needed - chain.size());
        } else {
            table.shorten(chain, needed);
        }
        write(chain, new ByteArrayInputStream(content), content.length);
        root.place(entry.slot(), chain.isEmpty() ? 0 : chain.get(0), content.length, time);
    }

    /**
     * Adds a file.
     *
     * @throws IOException when there is one with that name already, or no room (then nothing was written), or when the
     *     content ends early
     * @throws IllegalArgumentException when no file can be called so
     */
    public void add(String name, InputStream content, long size) throws IOException {
        LongName.require(name);
        if (find(name).isPresent() || size > LARGEST_FILE) {
            throw new IOException(name + (size > LARGEST_FILE ? " is too large" : " is there already"));
        }
        long growth = clusters(Math.max(0L, Directory.slots(name) - root.freeSlots()) * Directory.ENTRY);
        if (clusters(size) + growth > table.free()) {
            throw new IOException("the boot partition is full");
        }
        if (growth > 0) {
            root.grow(Math.toIntExact(growth * geometry.clusterSize()));
            table.extend(rootChain, Math.toIntExact(growth));
        }
        List<Integer> chain = new ArrayList<>();
        table.extend(chain, Math.toIntExact(clusters(size)));
        write(chain, content, size);
        root.add(name, chain.isEmpty() ? 0 : chain.get(0), size, time);
    }

    private long clusters(long size) {
        return (size + geometry.clusterSize() - 1) / geometry.clusterSize();
    }

    /** The rest of the last cluster becomes zeros, so that nothing of before is left in it. */
    private void write(List<Integer> chain, InputStream content, long size) throws IOException {
        byte[] buffer = new byte[geometry.clusterSize()];
        long left = size;
        for (int cluster : chain) {
            int count = (int) Math.min(left, buffer.length);
            if (content.readNBytes(buffer, 0, count) < count) {
                throw new EOFException("there is less to write than was said");
            }
            Arrays.fill(buffer, count, buffer.length, (byte) 0);
            disk.write(geometry.clusterStart(cluster), buffer, 0, buffer.length);
            left -= count;
        }
    }

    /** Writes tables and root directory. */
    public void flush() throws IOException {
        byte[] directory = root.bytes();
        for (int i = 0; i < rootChain.size(); i++) {
            int size = geometry.clusterSize();
            disk.write(geometry.clusterStart(rootChain.get(i)), directory, i * size, size);
        }
        table.writeTo(disk);
        writeInfo();
    }

    private void writeInfo() throws IOException {
        if (geometry.infoSector() == 0) {
            return;
        }
        long at = (long) geometry.infoSector() * Geometry.SECTOR;
        ByteBuffer info = ByteBuffer.wrap(disk.read(at, Geometry.SECTOR)).order(ByteOrder.LITTLE_ENDIAN);
        if (info.getInt(INFO_SIGNATURE_AT) == INFO_SIGNATURE) {
            info.putInt(INFO_SIGNATURE_AT + 4, table.free()).putInt(INFO_SIGNATURE_AT + 8, table.nextFreeHint());
            disk.write(at, info.array(), 0, Geometry.SECTOR);
        }
    }
}
