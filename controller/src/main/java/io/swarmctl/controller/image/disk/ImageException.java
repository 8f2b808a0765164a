package io.swarmctl.controller.image.disk;

import org.jspecify.annotations.Nullable;

/** An image cannot be read or made. The message says why, the remedy what to do instead. */
public final class ImageException extends Exception {
    private final String remedy;

    public ImageException(String problem, String remedy) {
        this(problem, remedy, null);
    }

    public ImageException(String problem, String remedy, @Nullable Throwable cause) {
        super(problem, cause);
        this.remedy = remedy;
    }

    public String remedy() {
        return remedy;
    }
}
