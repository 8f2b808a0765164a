package io.swarmctl.controller.image.flash;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * One disk of this machine, for people who are about to flash.
 *
 * @param size in bytes
 * @param mounted where, as a person at this machine sees it
 * @param refused why it would not be flashed, as it is; empty when it would
 */
@Json
public record DeviceLine(
        String device, long size, String model, String cid, boolean card, List<String> mounted, String refused) {
    public DeviceLine {
        mounted = List.copyOf(mounted);
    }

    public static DeviceLine of(BlockDevice disk, Disks disks) {
        Judge judge = new Judge(disks, Order.any());
        String path = "/dev/" + disk.name();
        return new DeviceLine(
                path,
                disk.size(),
                disk.model(),
                disk.cid(),
                disk.isCard(),
                judge.mounted(disk).stream().map(Mount::point).toList(),
                judge.refuse(disk, path).map(Refusal::problem).orElse(""));
    }
}
