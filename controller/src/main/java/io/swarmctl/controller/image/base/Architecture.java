package io.swarmctl.controller.image.base;

import java.util.Locale;

/** What a system's programs are made for, by Debian's names. */
public enum Architecture {
    ARM64,
    ARMHF,
    /** No Pi, but a machine that plays one. */
    AMD64;

    /** As Debian writes it. */
    public String debian() {
        return name().toLowerCase(Locale.ROOT);
    }
}
