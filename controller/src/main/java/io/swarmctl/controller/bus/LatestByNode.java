package io.swarmctl.controller.bus;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A queue of at most one value a node: a later one takes the place of one that still waits. Works on its own thread. */
final class LatestByNode implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LatestByNode.class);

    private final Map<String, String> waiting = new LinkedHashMap<>();
    private final BiConsumer<String, String> worker;
    private final Thread thread;
    private boolean closed;

    LatestByNode(String name, BiConsumer<String, String> worker) {
        this.worker = worker;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    synchronized void put(String nodeId, String value) {
        waiting.put(nodeId, value);
        notifyAll();
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    private void run() {
        try {
            while (true) {
                Map.Entry<String, String> next = next();
                if (next == null) {
                    return;
                }
                work(next);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(Map.Entry<String, String> next) {
        try {
            worker.accept(next.getKey(), next.getValue());
        } catch (RuntimeException e) {
            LOG.error("what {} sent could not be taken", next.getKey(), e);
        }
    }

    private synchronized Map.@Nullable Entry<String, String> next() throws InterruptedException {
        while (!closed && waiting.isEmpty()) {
            wait();
        }
        if (closed) {
            return null;
        }
        Iterator<Map.Entry<String, String>> entries = waiting.entrySet().iterator();
        Map.Entry<String, String> first = Map.Entry.copyOf(entries.next());
        entries.remove();
        return first;
    }
}
