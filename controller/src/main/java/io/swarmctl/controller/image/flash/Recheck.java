package io.swarmctl.controller.image.flash;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Looks at a device again just before it is written to, for people answer slowly, and cards are swapped and mounted
 * meanwhile.
 *
 * <p>This stands in for opening the device exclusively, which the JDK has no option for. What it leaves open is a mount
 * between this look and the first write, a few milliseconds, and one while it is written, for which there is nothing to
 * be found: the partition table is blank then.
 */
public final class Recheck implements FlashRun.Before {
    private final SysFiles files;
    private final Order order;

    public Recheck(SysFiles files, Order order) {
        this.files = files;
        this.order = order;
    }

    @Override
    public Optional<Refusal> refuse(Target target) {
        Disks disks;
        try {
            disks = files.read();
        } catch (IOException e) {
            return Optional.of(Refusal.because(target.path() + " cannot be looked at again: " + e, "try again"));
        }
        Node node = Node.look(target.path().toString());
        Selection now = Selection.of(List.of(node), disks, order);
        if (!now.refusals().isEmpty()) {
            return Optional.of(now.refusals().get(0));
        }
        Target again = now.targets().get(0);
        if (!again.disk().isSameMedium(target.disk())) {
            return Optional.of(Refusal.because(
                    "another card is in " + target.path() + " now", "look at it: swarmctl image devices"));
        }
        return again.mounted().stream()
                .findFirst()
                .map(mount -> Refusal.because(
                        target.path() + " is mounted at " + mount.point(), "unmount it: umount " + mount.point()));
    }
}
