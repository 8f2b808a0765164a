package io.swarmctl.controller.image;

import io.swarmctl.controller.image.base.BaseDetection;
import io.swarmctl.controller.image.base.BaseStream;
import io.swarmctl.controller.image.base.BaseSystem;
import io.swarmctl.controller.image.base.BootFiles;
import io.swarmctl.controller.image.base.Packing;
import io.swarmctl.controller.image.card.CardFiles;
import io.swarmctl.controller.image.card.CardKit;
import io.swarmctl.controller.image.card.CardSettings;
import io.swarmctl.controller.image.card.ImageInfo;
import io.swarmctl.controller.image.disk.ImageException;
import io.swarmctl.controller.image.disk.PartitionTable;
import io.swarmctl.controller.image.disk.Section;
import io.swarmctl.controller.image.fat.FatVolume;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;

/** Makes a fleet's image: unpacks a base, and writes to its boot partition. */
public final class ImageBuilder {
    private final CardKit kit;
    private final Progress progress;

    public ImageBuilder(CardKit kit, Progress progress) {
        this.kit = kit;
        this.progress = progress;
    }

    /** Says what is to be on the card, once it is known that the base is good for it. */
    @FunctionalInterface
    public interface SettingsSource<E extends Exception> {
        CardSettings settings() throws E;
    }

    /**
     * Makes the image.
     *
     * @param replace whether there may be a file already
     * @throws ImageException when that is not possible; then there is no output
     * @throws E when the source throws it; then there is no output
     */
    public <E extends Exception> ImageInfo build(Path base, Path out, boolean replace, SettingsSource<E> source)
            throws ImageException, E {
        Packing packing = Packing.of(base);
        try (Output output = Output.open(out, base, replace)) {
            Layout layout;
            try (BaseStream stream = BaseStream.open(base, packing)) {
                layout = unpack(new Unpacking(stream, output.file(), progress), output);
            }
            ImageInfo info = new Furnishing(output, layout.table(), progress)
                    .furnish(new CardFiles(kit, source.settings()), layout.system());
            output.complete();
            return info;
        } catch (IOException e) {
            throw new ImageException("cannot write " + out + ": " + e.getMessage(), "is there room for it?", e);
        }
    }

    private record Layout(PartitionTable table, BaseSystem system) {}

    /** As soon as the boot partition is there it is looked at: nobody wants to wait for a refusal. */
    private Layout unpack(Unpacking unpacking, Output output) throws ImageException, IOException {
        unpacking.until(PartitionTable.SIZE);
        PartitionTable table = PartitionTable.read(unpacking.beginning());
        output.requireRoom(table.end());
        unpacking.until(table.boot().end());
        BaseSystem system = detect(output.disk(), table);
        kit.require(system);
        unpacking.rest(table.end());
        return new Layout(table, system);
    }

    static BaseSystem detect(Section disk, PartitionTable table) throws ImageException {
        try {
            Section boot = disk.part(table.boot().start(), table.boot().size());
            return BaseDetection.detect(BootFiles.read(
                    FatVolume.open(boot, LocalDateTime.MIN), table.boot().size()));
        } catch (IOException e) {
            throw new ImageException(
                    String.valueOf(e.getMessage()), "take Raspberry Pi OS Lite, Bookworm or Trixie", e);
        }
    }
}
