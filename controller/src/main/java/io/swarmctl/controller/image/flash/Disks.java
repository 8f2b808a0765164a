package io.swarmctl.controller.image.flash;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All disks of this machine at one moment, and what is made of them.
 *
 * @param mounts in the order in which they were made
 * @param swaps kernel names of devices that are swapped to, and paths of such files
 */
public record Disks(List<BlockDevice> devices, List<Mount> mounts, List<String> swaps) {
    public Disks {
        devices = List.copyOf(devices);
        mounts = List.copyOf(mounts);
        swaps = List.copyOf(swaps);
    }

    public Optional<BlockDevice> disk(String number) {
        return devices.stream().filter(disk -> disk.number().equals(number)).findFirst();
    }

    /** The disk that the partition is on. */
    Optional<BlockDevice> diskOfPartition(String number) {
        return devices.stream()
                .filter(disk ->
                        disk.parts().stream().anyMatch(part -> part.number().equals(number)))
                .findFirst();
    }

    /** What is mounted of a disk, of its partitions, and of all that is built on them; here and elsewhere. */
    public List<Mount> mountsOn(BlockDevice disk) {
        List<BlockDevice> tower = tower(disk);
        Set<String> numbers = tower.stream().flatMap(BlockDevice::numbers).collect(Collectors.toSet());
        Set<String> names = tower.stream().flatMap(BlockDevice::names).collect(Collectors.toSet());
        return mounts.stream()
                .filter(mount -> numbers.contains(mount.number()) || names.contains(mount.source()))
                .toList();
    }

    /** Why this machine would not run on without the disk; empty when it would. */
    Optional<String> systemUse(BlockDevice disk) {
        List<Mount> here = mountsOn(disk).stream().filter(Mount::isHere).toList();
        Optional<String> mounted =
                here.stream().filter(Mount::isSystem).map(Mount::point).findFirst();
        if (mounted.isPresent()) {
            return mounted.map(point -> point + " is on it");
        }
        Set<String> names = tower(disk).stream().flatMap(BlockDevice::names).collect(Collectors.toSet());
        boolean swapped = swaps.stream().anyMatch(swap -> names.contains(swap) || holdsFile(here, swap));
        return swapped ? Optional.of("swap is on it") : Optional.empty();
    }

    /** Whether a file lies on the disk. */
    boolean holds(BlockDevice disk, String file) {
        return holdsFile(mountsOn(disk).stream().filter(Mount::isHere).toList(), file);
    }

    private boolean holdsFile(List<Mount> candidates, String path) {
        // Of those that cover the path the longest counts, and of equals the latest: it hides the others.
        return mounts.stream()
                .filter(Mount::isHere)
                .filter(mount -> mount.holds(path))
                .reduce((one, later) ->
                        Comparator.<Mount>comparingInt(mount -> mount.point().length())
                                                .compare(one, later)
                                        > 0
                                ? one
                                : later)
                .filter(candidates::contains)
                .isPresent();
    }

    /** The disk, and those that are built on it, however many floors. */
    private List<BlockDevice> tower(BlockDevice ground) {
        Map<String, BlockDevice> tower = new LinkedHashMap<>();
        Deque<BlockDevice> open = new ArrayDeque<>(List.of(ground));
        while (!open.isEmpty()) {
            BlockDevice disk = open.remove();
            if (tower.putIfAbsent(disk.name(), disk) == null) {
                Set<String> holders = disk.allHolders().collect(Collectors.toSet());
                devices.stream().filter(other -> holders.contains(other.name())).forEach(open::add);
            }
        }
        return List.copyOf(tower.values());
    }
}
