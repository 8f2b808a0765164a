package io.swarmctl.controller.cache;

import java.io.IOException;

/** A file cannot be given. The message is for people, on one line. */
public final class CacheException extends IOException {
    private final int status;

    /** @param status of HTTP's answer */
    public CacheException(int status, String message) {
        super(message);
        this.status = status;
    }

    public int status() {
        return status;
    }

    /** Whether asking the archive again, in a moment, may help. */
    boolean mayPass() {
        return status >= 500 || status == 429 || status == 408;
    }
}
