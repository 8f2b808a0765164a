package io.swarmctl.controller.image.base;

/**
 * Which system an image holds.
 *
 * @param vendor {@code Raspberry Pi OS} or {@code Debian}
 * @param release {@code bookworm} or {@code trixie}
 * @param date when its maker made it, as {@code 2025-10-01}; empty when that is not told
 */
public record BaseSystem(String vendor, String release, Architecture architecture, String date) {
    /** As people say it. */
    public String words() {
        return vendor + " " + release + " " + architecture.debian() + (date.isEmpty() ? "" : " of " + date);
    }
}
