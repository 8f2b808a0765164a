package io.swarmctl.controller.gateway;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Whose turn it is to measure: a few nodes at a time, each with a few connections, the others in the order in which they
 * came. Used on several event loops, so the methods exclude each other.
 */
final class Turns {
    private final int nodesAtOnce;
    private final int connections;
    private final int mostWaiting;
    private final Map<String, Integer> atIt = new HashMap<>();
    private final Deque<Waiting> queue = new ArrayDeque<>();

    private record Waiting(String nodeId, Runnable go) {}

    Turns(int nodesAtOnce, int connections, int mostWaiting) {
        this.nodesAtOnce = nodesAtOnce;
        this.connections = connections;
        this.mostWaiting = mostWaiting;
    }

    /**
     * Comes with a connection.
     *
     * @param go is called once when it is its turn, which may be now; must not block
     * @return false when it never will be
     */
    synchronized boolean come(String nodeId, Runnable go) {
        int own = atIt.getOrDefault(nodeId, 0);
        if (own > 0 || (queue.isEmpty() && atIt.size() < nodesAtOnce)) {
            if (own == connections) {
                return false;
            }
            atIt.put(nodeId, own + 1);
            go.run();
            return true;
        }
        boolean waits = queue.stream().anyMatch(one -> one.nodeId().equals(nodeId));
        return !waits && queue.size() < mostWaiting && queue.add(new Waiting(nodeId, go));
    }

    /** Goes, whether its turn had come or not. */
    synchronized void go(String nodeId, Runnable go) {
        for (Iterator<Waiting> all = queue.iterator(); all.hasNext(); ) {
            if (all.next().go() == go) {
                all.remove();
                return;
            }
        }
        atIt.computeIfPresent(nodeId, (id, own) -> own == 1 ? null : own - 1);
        while (atIt.size() < nodesAtOnce && !queue.isEmpty()) {
            Waiting next = queue.remove();
            atIt.merge(next.nodeId(), 1, Integer::sum);
            next.go().run();
        }
    }
}
