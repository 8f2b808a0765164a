package io.swarmctl.controller.gateway;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Whose turn it is: a few nodes at a time, each with a few connections, the others in the order in which they came. Used on
 * several event loops, so the methods exclude each other.
 */
final class Turns {
    private final int nodesAtOnce;
    private final int connections;
    private final int mostWaiting;
    private final Map<String, Set<Comer>> atIt = new HashMap<>();

    /** One for each node, in their order. */
    private final Map<String, Comer> queue = new LinkedHashMap<>();

    /** A connection that wants its node's turn; told on any thread, and must not block. */
    interface Comer {
        /** Its turn has come. */
        void go();

        /** It waits. */
        default void waitBehind(int nodes) {}

        /** Its node has come again, and waits in its place with that connection: whoever comes again has given this one up. */
        void giveWay();
    }

    /**
     * @param nodesAtOnce whose turn it is
     * @param connections of a node whose turn it is
     * @param mostWaiting nodes
     */
    Turns(int nodesAtOnce, int connections, int mostWaiting) {
        this.nodesAtOnce = nodesAtOnce;
        this.connections = connections;
        this.mostWaiting = mostWaiting;
    }

    /** Comes with a connection; false when its turn never will. */
    synchronized boolean come(String nodeId, Comer comer) {
        int own = atIt.getOrDefault(nodeId, Set.of()).size();
        if (own > 0 || (queue.isEmpty() && atIt.size() < nodesAtOnce)) {
            return own < connections && begin(nodeId, comer);
        }
        Comer before = queue.replace(nodeId, comer);
        if (before != null) {
            before.giveWay();
            comer.waitBehind(ahead(nodeId));
            return true;
        }
        if (queue.size() == mostWaiting) {
            return false;
        }
        comer.waitBehind(queue.size());
        queue.put(nodeId, comer);
        return true;
    }

    /** Goes, whether its turn had come or not; harmless when it has gone before, or given way. */
    synchronized void go(String nodeId, Comer comer) {
        queue.remove(nodeId, comer);
        atIt.computeIfPresent(nodeId, (id, own) -> {
            own.remove(comer);
            return own.isEmpty() ? null : own;
        });
        while (atIt.size() < nodesAtOnce && !queue.isEmpty()) {
            Map.Entry<String, Comer> next = queue.entrySet().iterator().next();
            queue.remove(next.getKey());
            begin(next.getKey(), next.getValue());
        }
    }

    /** Tells all who wait that they still do. */
    synchronized void tellHowLong() {
        int ahead = 0;
        for (Comer comer : queue.values()) {
            comer.waitBehind(ahead);
            ahead++;
        }
    }

    synchronized boolean isAtIt(String nodeId) {
        return atIt.containsKey(nodeId);
    }

    /** How many nodes' turn it is. */
    synchronized int atIt() {
        return atIt.size();
    }

    /** How many nodes wait. */
    synchronized int waiting() {
        return queue.size();
    }

    private int ahead(String nodeId) {
        int ahead = 0;
        for (String one : queue.keySet()) {
            if (one.equals(nodeId)) {
                return ahead;
            }
            ahead++;
        }
        return ahead;
    }

    private boolean begin(String nodeId, Comer comer) {
        atIt.computeIfAbsent(nodeId, id -> new HashSet<>()).add(comer);
        comer.go();
        return true;
    }
}
