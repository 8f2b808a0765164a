package io.swarmctl.controller.image;

import io.swarmctl.common.wire.WireException;
import io.swarmctl.common.wire.WireJson;
import io.swarmctl.controller.image.base.BaseStream;
import io.swarmctl.controller.image.base.Packing;
import io.swarmctl.controller.image.card.CardFiles;
import io.swarmctl.controller.image.card.ImageInfo;
import io.swarmctl.controller.image.disk.ImageException;
import io.swarmctl.controller.image.disk.PartitionTable;
import io.swarmctl.controller.image.disk.Section;
import io.swarmctl.controller.image.disk.Unfinished;
import io.swarmctl.controller.image.fat.FatVolume;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;

/** Reads what an image says of itself. */
public final class ImageInspection {
    private static final int LONGEST = 64 * 1024;

    private ImageInspection() {}

    /** @throws ImageException when it is no image, or none that swarmctl made */
    public static ImageInfo inspect(Path image) throws ImageException {
        return inspect(image, (doing, done, total) -> {});
    }

    /**
     * Reads a packed image as far as its boot partition goes, into a file that is gone afterwards.
     *
     * @throws ImageException when it is no image, or none that swarmctl made
     */
    public static ImageInfo inspect(Path image, Progress progress) throws ImageException {
        Packing packing = Packing.of(image);
        if (packing == Packing.NONE) {
            try (FileChannel file = FileChannel.open(image, StandardOpenOption.READ)) {
                return inspect(Section.whole(file), image);
            } catch (IOException e) {
                throw damaged(image, e);
            }
        }
        // For its owner alone: there are secrets in it.
        try (Unfinished unfinished = new Unfinished()) {
            Path copy = unfinished.begin(Files.createTempFile("swarmctl-", ".boot"));
            try (FileChannel file = FileChannel.open(copy, StandardOpenOption.READ, StandardOpenOption.WRITE);
                    BaseStream stream = BaseStream.open(image, packing)) {
                Unpacking unpacking = new Unpacking(stream, file, progress);
                unpacking.until(PartitionTable.SIZE);
                unpacking.until(
                        PartitionTable.read(unpacking.beginning()).boot().end());
                return inspect(Section.whole(file), image);
            }
        } catch (IOException e) {
            throw damaged(image, e);
        }
    }

    private static ImageException damaged(Path image, Exception cause) {
        return new ImageException("cannot read " + image + ": " + cause.getMessage(), "it may be damaged", cause);
    }

    /**
     * The same of an image that is open.
     *
     * @param image its name, for messages
     */
    public static ImageInfo inspect(Section disk, Path image) throws ImageException {
        try {
            int size = (int) Math.min(PartitionTable.SIZE, disk.length());
            PartitionTable table = PartitionTable.read(disk.read(0, size));
            FatVolume boot =
                    FatVolume.open(disk.part(table.boot().start(), table.boot().size()), LocalDateTime.MIN);
            if (boot.find(CardFiles.INFO).isPresent()) {
                return WireJson.read(
                        new String(boot.read(CardFiles.INFO, LONGEST), StandardCharsets.UTF_8), ImageInfo.class);
            }
            throw new ImageException(
                    "this image was not made by swarmctl: it holds "
                            + ImageBuilder.detect(disk, table).words(),
                    "make one from it: swarmctl image build --base " + image + " --out FILE");
        } catch (IOException | WireException e) {
            throw damaged(image, e);
        }
    }
}
