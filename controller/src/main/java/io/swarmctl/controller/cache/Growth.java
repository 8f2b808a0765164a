package io.swarmctl.controller.cache;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How much of a file may be read. One thread writes, many read, so the methods exclude each other. */
final class Growth {
    private long available;
    private boolean ended;
    private @Nullable IOException failure;
    private List<Runnable> waiting = new ArrayList<>();

    static Growth complete(long length) {
        Growth growth = new Growth();
        growth.available = length;
        growth.ended = true;
        return growth;
    }

    /** @throws IOException when there will be no more than this */
    synchronized long available(long from) throws IOException {
        if (failure != null && available <= from) {
            throw new IOException(failure.getMessage(), failure);
        }
        return available;
    }

    void grow(long to) {
        List<Runnable> all;
        synchronized (this) {
            available = to;
            all = whoWaits();
        }
        all.forEach(Runnable::run);
    }

    void end(long length) {
        List<Runnable> all;
        synchronized (this) {
            available = length;
            ended = true;
            all = whoWaits();
        }
        all.forEach(Runnable::run);
    }

    void fail(IOException reason) {
        List<Runnable> all;
        synchronized (this) {
            ended = true;
            failure = reason;
            all = whoWaits();
        }
        all.forEach(Runnable::run);
    }

    /** Calls it once, when something beyond is there or nothing more will come; perhaps at once, on this thread. */
    void whenBeyond(long from, Runnable then) {
        synchronized (this) {
            if (!ended && available <= from) {
                waiting.add(then);
                return;
            }
        }
        then.run();
    }

    private List<Runnable> whoWaits() {
        List<Runnable> all = waiting;
        waiting = new ArrayList<>();
        return all;
    }
}
