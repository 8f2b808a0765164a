package io.swarmctl.controller.image.base;

import io.swarmctl.controller.image.disk.ImageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;

/** How an image is packed. Told by its first bytes, for names lie. */
public enum Packing {
    NONE,
    XZ,
    ZSTD,
    GZIP,
    ZIP;

    private static final int LONGEST = 6;
    private static final Map<String, Packing> KNOWN =
            Map.of("fd377a585a00", XZ, "28b52ffd", ZSTD, "1f8b", GZIP, "504b0304", ZIP);
    private static final Map<String, String> NOT_READ =
            Map.of("377abcaf271c", "7z", "425a68", "bzip2", "04224d18", "lz4");

    /** @throws ImageException when the file cannot be read, or is packed in another way */
    public static Packing of(Path file) throws ImageException {
        String begin = HexFormat.of().formatHex(begin(file));
        for (Map.Entry<String, String> packing : NOT_READ.entrySet()) {
            if (begin.startsWith(packing.getKey())) {
                throw new ImageException(
                        file + " is packed with " + packing.getValue(),
                        "unpack it first, or take one that is packed as xz, zst, gz or zip");
            }
        }
        return KNOWN.entrySet().stream()
                .filter(packing -> begin.startsWith(packing.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(NONE);
    }

    private static byte[] begin(Path file) throws ImageException {
        if (Files.isDirectory(file)) {
            throw new ImageException(file + " is a directory", "give an image file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(LONGEST);
        } catch (NoSuchFileException e) {
            throw new ImageException("there is no file " + file, "check the name", e);
        } catch (IOException e) {
            throw new ImageException("cannot read " + file, "is it readable for you?", e);
        }
    }
}
