package io.swarmctl.controller.cache;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;

/** Asks archives. Blocks; any thread may call it. */
interface Upstream {
    /**
     * Asks for a file, and follows where the archive sends on to.
     *
     * @param headers of the request
     * @throws CacheException when that archive may not be asked
     * @throws IOException when it does not answer, or badly
     */
    Answer get(PackageUrl url, Map<String, String> headers) throws IOException, InterruptedException;

    /** Used by one thread. */
    interface Answer extends Closeable {
        int status();

        /** Empty when there is none. */
        String header(String name);

        /**
         * Waits for more of the content; -1 at its end.
         *
         * @throws IOException when it breaks off, or nothing comes for long
         */
        int read(byte[] into) throws IOException, InterruptedException;

        @Override
        void close();
    }
}
