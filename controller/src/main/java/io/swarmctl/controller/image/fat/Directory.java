package io.swarmctl.controller.image.fat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A directory in memory, as the bytes that it has on the disk. */
final class Directory {
    /** Bytes of an entry. */
    static final int ENTRY = 32;

    /** More would make a FAT directory larger than it may be. */
    private static final int MOST_BYTES = 65_536 * ENTRY;

    private static final int FREE = 0xe5;
    private static final int END = 0;
    private static final int ATTRIBUTES_AT = 11;
    private static final int CASE_AT = 12;
    private static final int VOLUME_LABEL = 0x08;
    private static final int DIRECTORY = 0x10;
    private static final int ARCHIVE = 0x20;
    private static final int FIRST_YEAR = 1980;

    private byte[] bytes;

    Directory(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    byte[] bytes() {
        return bytes.clone();
    }

    List<FatEntry> entries() {
        List<FatEntry> entries = new ArrayList<>();
        LongName.Reader longName = new LongName.Reader();
        longName.forget();
        for (int at = 0; at < bytes.length && bytes[at] != END; at += ENTRY) {
            int attributes = bytes[at + ATTRIBUTES_AT];
            if ((bytes[at] & 0xff) == FREE) {
                longName.forget();
            } else if ((attributes & LongName.ATTRIBUTES) == LongName.ATTRIBUTES) {
                longName.part(bytes, at);
            } else if ((attributes & VOLUME_LABEL) == 0) {
                entries.add(entry(at, attributes, longName));
            } else {
                longName.forget();
            }
        }
        return entries;
    }

    private FatEntry entry(int at, int attributes, LongName.Reader longName) {
        byte[] raw = Arrays.copyOfRange(bytes, at, at + ShortName.LENGTH);
        String shortName = ShortName.text(raw);
        String name = longName.take(raw);
        ByteBuffer entry = view(at);
        return new FatEntry(
                name.isEmpty() ? ShortName.asTyped(raw, bytes[at + CASE_AT]) : name,
                shortName,
                (attributes & DIRECTORY) != 0,
                ((entry.getShort(20) & 0xffff) << 16) | (entry.getShort(26) & 0xffff),
                Integer.toUnsignedLong(entry.getInt(28)),
                at / ENTRY);
    }

    private ByteBuffer view(int at) {
        return ByteBuffer.wrap(bytes, at, ENTRY).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    Optional<FatEntry> find(String name) {
        return entries().stream().filter(entry -> entry.isCalled(name)).findFirst();
    }

    /** How many of the directory's entries a file with that name takes. */
    static int slots(String name) {
        return 1 + LongName.parts(name, 0).size();
    }

    /** How many entries there still are without making the directory larger. */
    int freeSlots() {
        int end = 0;
        while (end < bytes.length && bytes[end] != END) {
            end += ENTRY;
        }
        return (bytes.length - end) / ENTRY;
    }

    void grow(int by) throws IOException {
        if (bytes.length + by > MOST_BYTES) {
            throw new IOException("the root directory of the boot partition is full");
        }
        bytes = Arrays.copyOf(bytes, bytes.length + by);
    }

    /** Adds a file after all others; there has to be room for its {@link #slots}. */
    void add(String name, int firstCluster, long size, LocalDateTime time) {
        LongName.require(name);
        byte[] shortName = ShortName.make(name, shortNames());
        List<byte[]> added = new ArrayList<>();
        if (!ShortName.text(shortName).equals(name)) {
            added.addAll(LongName.parts(name, ShortName.checksum(shortName)));
        }
        byte[] last = new byte[ENTRY];
        System.arraycopy(shortName, 0, last, 0, ShortName.LENGTH);
        last[ATTRIBUTES_AT] = ARCHIVE;
        added.add(last);
        int at = bytes.length - freeSlots() * ENTRY;
        for (byte[] entry : added) {
            System.arraycopy(entry, 0, bytes, at, ENTRY);
            at += ENTRY;
        }
        place(at / ENTRY - 1, firstCluster, size, time);
        view(at - ENTRY).putShort(14, clock(time)).putShort(16, date(time));
    }

    private Set<String> shortNames() {
        Set<String> names = new HashSet<>();
        entries().forEach(entry -> names.add(entry.shortName()));
        return names;
    }

    /** Says where a file's content now lies. */
    void place(int slot, int firstCluster, long size, LocalDateTime time) {
        view(slot * ENTRY)
                .putShort(18, date(time))
                .putShort(20, (short) (firstCluster >> 16))
                .putShort(22, clock(time))
                .putShort(24, date(time))
                .putShort(26, (short) firstCluster)
                .putInt(28, (int) size);
    }

    private static short clock(LocalDateTime time) {
        return (short) ((time.getHour() << 11) | (time.getMinute() << 5) | (time.getSecond() / 2));
    }

    private static short date(LocalDateTime time) {
        return (short) (((time.getYear() - FIRST_YEAR) << 9) | (time.getMonthValue() << 5) | time.getDayOfMonth());
    }
}
