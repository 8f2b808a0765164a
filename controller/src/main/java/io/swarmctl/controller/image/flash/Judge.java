package io.swarmctl.controller.image.flash;

import java.util.List;
import java.util.Optional;

/** Decides whether a disk may be overwritten. Pure. */
public final class Judge {
    private final Disks disks;
    private final Order order;

    public Judge(Disks disks, Order order) {
        this.disks = disks;
        this.order = order;
    }

    /** What has to be unmounted first. */
    public List<Mount> mounted(BlockDevice disk) {
        return disks.mountsOn(disk).stream().filter(Mount::isHere).toList();
    }

    /** Why not, whatever may be unmounted; the worst reason. */
    public Optional<Refusal> refuse(BlockDevice disk, String path) {
        return whenInUse(disk, path).or(() -> whenUnfit(disk, path));
    }

    private Optional<Refusal> whenInUse(BlockDevice disk, String path) {
        Optional<String> system = disks.systemUse(disk);
        if (system.isPresent()) {
            return because(
                    path + " is the system disk: " + system.get(),
                    "that is never overwritten; see which device is the card: swarmctl image devices");
        }
        List<String> holders = disk.allHolders().distinct().sorted().toList();
        if (!holders.isEmpty()) {
            return because(
                    path + " is in use: " + String.join(", ", holders) + " is built on it (LVM, LUKS or RAID)",
                    "take that apart first: vgchange -an, cryptsetup close or mdadm --stop");
        }
        if (!order.image().isEmpty() && disks.holds(disk, order.image())) {
            return because(path + " is where the image itself lies", "copy the image to another disk first");
        }
        return elsewhere(disk, path);
    }

    /** What is mounted here as well mostly goes when it is unmounted here; what is left then is looked at again. */
    private Optional<Refusal> elsewhere(BlockDevice disk, String path) {
        List<Mount> all = disks.mountsOn(disk);
        if (all.isEmpty() || all.stream().anyMatch(Mount::isHere)) {
            return Optional.empty();
        }
        Mount mount = all.get(0);
        return because(
                path + " is in use: " + mount.elsewhere() + " has it mounted at " + mount.point(),
                "end that process or its container first");
    }

    private Optional<Refusal> whenUnfit(BlockDevice disk, String path) {
        if (disk.size() == 0) {
            return because("there is no card in " + path, "put one in");
        }
        if (!disk.isCard() && !order.force()) {
            return because(
                    path + " is not removable, and neither an SD card nor on USB",
                    "if you are sure that it may be overwritten, add --force");
        }
        if (disk.readOnly()) {
            return because(path + " is read-only", "unlock the switch at the card's side, or take another card");
        }
        if (disk.size() < order.size()) {
            return because(
                    path + " is too small: it holds " + new ByteCount(disk.size()) + ", and the image has "
                            + new ByteCount(order.size()),
                    "take a larger card");
        }
        return Optional.empty();
    }

    private static Optional<Refusal> because(String problem, String remedy) {
        return Optional.of(Refusal.because(problem, remedy));
    }
}
