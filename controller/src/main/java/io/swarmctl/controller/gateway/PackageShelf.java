package io.swarmctl.controller.gateway;

import io.swarmctl.controller.cache.CacheException;
import io.swarmctl.controller.cache.Reading;
import java.io.IOException;
import java.net.HttpURLConnection;

/** Files of the controller's own that nodes may fetch, below {@link io.swarmctl.common.wire.Services#GATHERED}. */
@FunctionalInterface
public interface PackageShelf {
    /** There is nothing on it. */
    PackageShelf EMPTY = path -> {
        throw new CacheException(HttpURLConnection.HTTP_NOT_FOUND, "nothing is gathered");
    };

    /**
     * Opens one. Blocks for the disk.
     *
     * @throws CacheException when there is no such file
     */
    Reading open(String path) throws IOException;
}
