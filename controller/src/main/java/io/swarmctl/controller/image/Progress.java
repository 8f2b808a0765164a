package io.swarmctl.controller.image;

/** Is told how far a long work is. */
@FunctionalInterface
public interface Progress {
    /**
     * @param doing what is done now, as {@code unpacking}
     * @param total what {@code done} will be at the end; not 0
     */
    void at(String doing, long done, long total);
}
