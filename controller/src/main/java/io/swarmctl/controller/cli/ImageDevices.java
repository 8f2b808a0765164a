package io.swarmctl.controller.cli;

import io.swarmctl.controller.image.flash.BlockDevice;
import io.swarmctl.controller.image.flash.BlockDevice.Attachment;
import io.swarmctl.controller.image.flash.ByteCount;
import io.swarmctl.controller.image.flash.DeviceLine;
import io.swarmctl.controller.image.flash.Disks;
import io.swarmctl.controller.image.flash.Node;
import io.swarmctl.controller.image.flash.Order;
import io.swarmctl.controller.image.flash.Selection;
import io.swarmctl.controller.image.flash.SysFiles;
import io.swarmctl.controller.image.flash.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "devices",
        description = "Lists the cards and disks of this machine, and why one would not be flashed. Linux only.",
        footer = {
            "",
            "The CID is a card's own number; readers on USB do not tell it.",
            "",
            "Examples:",
            "  swarmctl image devices",
            "  swarmctl image devices /dev/sda /dev/loop3"
        })
final class ImageDevices implements Callable<Integer> {
    private static final int STATES = 4;

    private final Surroundings surroundings;
    private final SysFiles files;

    @Parameters(arity = "0..*", paramLabel = "DEVICE", description = "Only these.")
    private List<String> named = List.of();

    @Option(names = "--all", description = "Loop devices and what is built on disks, too.")
    private boolean all;

    @Mixin
    private Output output = new Output();

    ImageDevices(Surroundings surroundings, SysFiles files) {
        this.surroundings = surroundings;
        this.files = files;
    }

    @Override
    public Integer call() throws CliException {
        Disks disks = ThisMachine.disks(files);
        List<DeviceLine> lines = new ArrayList<>();
        for (BlockDevice disk : named.isEmpty() ? shown(disks) : named(disks)) {
            lines.add(DeviceLine.of(disk, disks));
        }
        String json = Tree.json(lines.stream()
                .map(line -> Tree.parse(Api.write(line, DeviceLine.class)))
                .toList());
        output.print(surroundings, json, ignored -> words(lines));
        return ExitCode.OK;
    }

    private List<BlockDevice> shown(Disks disks) {
        return disks.devices().stream().filter(disk -> all || isDisk(disk)).toList();
    }

    /** Something with a plug. The others, but for loop devices, have no {@code device} of their own and no model. */
    private static boolean isDisk(BlockDevice disk) {
        return switch (disk.attachment()) {
            case USB, SD, MMC -> true;
            case LOOP, OPTICAL -> false;
            case OTHER -> !disk.name().matches("(dm-|md|zram|ram|nbd|fd)\\d.*");
        };
    }

    private List<BlockDevice> named(Disks disks) throws CliException {
        List<Node> nodes = named.stream().map(Node::look).toList();
        Selection selection = Selection.of(nodes, disks, Order.any());
        ThisMachine.refuse(
                selection.refusals().stream()
                        .filter(refusal -> refusal.mistyped())
                        .toList(),
                surroundings);
        Set<String> numbers = new HashSet<>();
        nodes.forEach(node -> numbers.add(node.number()));
        return disks.devices().stream()
                .filter(disk -> numbers.contains(disk.number()))
                .toList();
    }

    private String words(List<DeviceLine> lines) {
        if (lines.isEmpty()) {
            return "no disks; put a card in\n";
        }
        Table table = new Table(surroundings, STATES, "DEVICE", "SIZE", "MODEL", "CID", "FOR FLASHING");
        for (DeviceLine line : lines) {
            table.row(
                    line.device(),
                    line.size() == 0 ? "-" : new ByteCount(line.size()).toString(),
                    Words.dash(line.model()),
                    Words.dash(line.cid()),
                    line.refused().isEmpty() ? good(line.mounted()) : "no: " + line.refused());
        }
        return table.toString();
    }

    private static String good(List<String> mounted) {
        return mounted.isEmpty() ? "yes" : "yes, once unmounted from " + String.join(", ", mounted);
    }

    /** How a device is shown before it is overwritten. */
    static String words(Target target) {
        BlockDevice disk = target.disk();
        List<String> points = target.mounted().stream()
                .map(mount -> "mounted at " + mount.point())
                .toList();
        String kind = disk.attachment() == Attachment.LOOP ? "loop device, " : "";
        return "  " + target.path() + "   " + new ByteCount(disk.size()) + "   " + kind + Words.dash(disk.model())
                + (disk.cid().isEmpty() ? "" : "   " + disk.cid())
                + (points.isEmpty() ? "" : "   " + String.join(", ", points)) + "\n";
    }
}
