package io.swarmctl.controller.image.flash;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A whole disk, as the kernel describes it.
 *
 * @param name the kernel's, as {@code sda}
 * @param number major and minor, as {@code 8:0}
 * @param size in bytes; 0 when a reader has no card in it
 * @param removable whether the medium can be taken out of the drive
 * @param model as the device says; of a loop device the file behind it
 * @param cid a card's own identification register, in hex; empty where none can be read, as behind USB
 * @param sequence another one for every medium that was put in; empty where the kernel (before 5.15) has none
 * @param holders names of the disks that are built directly on it: mapped, encrypted, RAID
 */
public record BlockDevice(
        String name,
        String number,
        long size,
        Attachment attachment,
        boolean removable,
        boolean readOnly,
        String model,
        String cid,
        String sequence,
        Set<String> holders,
        List<Part> parts) {

    /** How it is connected. */
    public enum Attachment {
        USB,
        /** A card in a reader that the kernel drives itself. */
        SD,
        /** Flash memory that is soldered in, mostly. */
        MMC,
        LOOP,
        OPTICAL,
        OTHER
    }

    /** A partition, and what is built directly on it. */
    public record Part(String name, String number, Set<String> holders) {
        public Part {
            holders = Set.copyOf(holders);
        }
    }

    public BlockDevice {
        holders = Set.copyOf(holders);
        parts = List.copyOf(parts);
    }

    /** Whether it looks like something that one flashes, and not like a part of this machine. */
    public boolean isCard() {
        return switch (attachment) {
            case USB, SD -> true;
            case MMC, OTHER -> removable;
            case LOOP, OPTICAL -> false;
        };
    }

    /** Whether the same medium is still in it. */
    public boolean isSameMedium(BlockDevice other) {
        return number.equals(other.number)
                && size == other.size
                && model.equals(other.model)
                && cid.equals(other.cid)
                && sequence.equals(other.sequence);
    }

    Stream<String> names() {
        return Stream.concat(Stream.of(name), parts.stream().map(Part::name));
    }

    Stream<String> numbers() {
        return Stream.concat(Stream.of(number), parts.stream().map(Part::number));
    }

    Stream<String> allHolders() {
        return Stream.concat(holders.stream(), parts.stream().flatMap(part -> part.holders().stream()));
    }
}
