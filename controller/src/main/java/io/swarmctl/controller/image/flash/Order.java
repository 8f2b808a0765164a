package io.swarmctl.controller.image.flash;

/**
 * What is to be written.
 *
 * @param image the file, with all links followed
 * @param size in bytes, unpacked
 * @param force whether devices are taken that do not look like cards
 */
public record Order(String image, long size, boolean force) {
    /** Whether devices would be taken for an image, whatever its size. */
    public static Order any() {
        return new Order("", 0, false);
    }
}
