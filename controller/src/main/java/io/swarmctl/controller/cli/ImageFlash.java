package io.swarmctl.controller.cli;

import io.swarmctl.controller.image.ImageInspection;
import io.swarmctl.controller.image.disk.ImageException;
import io.swarmctl.controller.image.disk.Section;
import io.swarmctl.controller.image.flash.ByteCount;
import io.swarmctl.controller.image.flash.DiskTools;
import io.swarmctl.controller.image.flash.FlashImage;
import io.swarmctl.controller.image.flash.FlashRun;
import io.swarmctl.controller.image.flash.Mount;
import io.swarmctl.controller.image.flash.Node;
import io.swarmctl.controller.image.flash.Order;
import io.swarmctl.controller.image.flash.Recheck;
import io.swarmctl.controller.image.flash.Selection;
import io.swarmctl.controller.image.flash.SysFiles;
import io.swarmctl.controller.image.flash.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "flash",
        description = {
            "Writes an image to cards, all at once, reads them back and compares them. Linux only.",
            "Shows first what would be overwritten, and asks. A card that fails, fails alone."
        },
        footer = {
            "",
            "A card that was interrupted does not boot: flash it again. A packed image is unpacked first, into",
            "the directory that TMPDIR names or /var/tmp.",
            "",
            "Example:",
            "  swarmctl image flash fleet.img /dev/sda /dev/sdb"
        })
final class ImageFlash implements Callable<Integer> {
    private static final int MOST_CARDS = 64;

    private final Surroundings surroundings;
    private final SysFiles files;

    @Parameters(index = "0", paramLabel = "IMAGE", description = "As it is, or packed (xz, zst, gz, zip).")
    private Path image = Path.of("");

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "DEVICE",
            description = "The cards' devices; 'swarmctl image devices' lists them.")
    private List<String> devices = List.of();

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask, and unmount what is mounted. Needed where nobody can be asked.")
    private boolean yes;

    @Option(names = "--force", description = "Overwrite devices that do not look like cards, too.")
    private boolean force;

    @Option(names = "--no-verify", description = "Do not read the cards back.")
    private boolean unverified;

    @Mixin
    private Output output = new Output();

    ImageFlash(Surroundings surroundings, SysFiles files) {
        this.surroundings = surroundings;
        this.files = files;
    }

    @Override
    public Integer call() throws CliException, InterruptedException {
        if (devices.size() > MOST_CARDS) {
            throw CliException.usage("that is more than " + MOST_CARDS + " cards", "flash them in turns");
        }
        // Before anything is unpacked: a wrong device is told at once.
        select(Order.any());
        try (FlashImage source = open()) {
            warnOfForeign(source);
            Order order = new Order(image.toRealPath().toString(), source.size(), force);
            List<Target> targets = select(order);
            ask(targets, source.size());
            unmount(targets);
            FlashRun run = new FlashRun(source, targets, !unverified, new Recheck(files, order));
            return new FlashShow(surroundings, output, image.toString(), source.size()).run(run);
        } catch (ImageException e) {
            throw new CliException(String.valueOf(e.getMessage()), e.remedy(), e);
        } catch (IOException e) {
            throw new CliException("cannot read " + image + ": " + e.getMessage(), "is it still there?", e);
        }
    }

    private List<Target> select(Order order) throws CliException {
        Order asked = new Order(order.image(), order.size(), force);
        List<Node> nodes = devices.stream().map(Node::look).toList();
        Selection selection = Selection.of(nodes, ThisMachine.disks(files), asked);
        ThisMachine.refuse(selection.refusals(), surroundings);
        return selection.targets();
    }

    private FlashImage open() throws ImageException {
        String named = surroundings.variable("TMPDIR");
        ProgressLine progress = new ProgressLine(surroundings);
        try {
            return FlashImage.open(image, Path.of(named.isEmpty() ? "/var/tmp" : named), progress);
        } finally {
            progress.end();
        }
    }

    private void warnOfForeign(FlashImage source) throws IOException {
        try {
            ImageInspection.inspect(Section.whole(source.content()), image);
        } catch (ImageException e) {
            surroundings.err().println("warning: " + e.getMessage() + "; it is flashed as it is");
        }
    }

    private void ask(List<Target> targets, long size) throws CliException {
        targets.forEach(target -> surroundings.err().print(ImageDevices.words(target)));
        if (yes) {
            return;
        }
        boolean mounted = targets.stream().anyMatch(target -> !target.mounted().isEmpty());
        String what = targets.size() == 1 ? "this device" : "these " + targets.size() + " devices";
        Consent.ask(
                surroundings,
                (mounted ? "Unmount and overwrite " : "Overwrite ") + what + " with " + image + " ("
                        + new ByteCount(size) + ")?",
                "look at the devices: swarmctl image devices",
                "not flashed");
    }

    /** The latest first, since it may lie within an earlier one. */
    private void unmount(List<Target> targets) throws CliException, InterruptedException {
        for (Target target : targets) {
            List<Mount> mounts = new ArrayList<>(target.mounted());
            Collections.reverse(mounts);
            for (Mount mount : mounts) {
                try {
                    DiskTools.unmount(mount);
                } catch (IOException e) {
                    throw new CliException(
                            "cannot unmount " + target.path() + ": " + e.getMessage(),
                            "end what uses it: fuser -vm " + mount.point() + "; nothing was written",
                            e);
                }
            }
        }
    }
}
