package io.swarmctl.controller.gateway;

import io.swarmctl.controller.cache.CacheException;
import io.swarmctl.controller.cache.Reading;
import java.io.IOException;
import java.net.HttpURLConnection;

/** Files of the controller's own that nodes may fetch. */
@FunctionalInterface
public interface PackageShelf {
    /** What the paths of such files begin with. */
    String BELOW = "/docker/";

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
