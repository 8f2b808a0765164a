package io.swarmctl.controller.image.flash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a path that somebody typed leads to.
 *
 * @param path with all links followed
 * @param number of the device, as {@code 8:16}; empty when it is none
 * @param there whether there is anything
 */
public record Node(String typed, Path path, String number, boolean there, boolean writable) {
    private static final int FILE_TYPE = 0170000;
    private static final int BLOCK_DEVICE = 0060000;

    /** Looks at this machine. */
    public static Node look(String typed) {
        try {
            Path path = Path.of(typed).toRealPath();
            Map<String, Object> attributes = Files.readAttributes(path, "unix:mode,rdev");
            int mode = ((Number) attributes.getOrDefault("mode", 0)).intValue();
            long device = ((Number) attributes.getOrDefault("rdev", 0)).longValue();
            boolean block = (mode & FILE_TYPE) == BLOCK_DEVICE;
            return new Node(typed, path, block ? number(device) : "", true, Files.isWritable(path));
        } catch (IOException | InvalidPathException e) {
            return new Node(typed, Path.of(""), "", false, false);
        }
    }

    /** Takes apart what Linux packs into 64 bits: the lower bits of both in the middle, the upper ones around. */
    static String number(long device) {
        long major = (device >>> 8 & 0xfff) | (device >>> 32 & ~0xfffL);
        long minor = (device & 0xff) | (device >>> 12 & 0xffffff00L);
        return major + ":" + minor;
    }
}
