package io.swarmctl.controller.cache;

import java.io.IOException;

/** What people may ask of the package cache, and do to it. */
public interface CacheDesk {
    /** Any thread may ask. */
    CacheStatistics statistics();

    /**
     * Removes all files but those that are coming just now. Blocks.
     *
     * @throws IOException when the disk fails
     */
    void clear() throws IOException;
}
