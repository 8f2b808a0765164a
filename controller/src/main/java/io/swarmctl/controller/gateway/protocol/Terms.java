package io.swarmctl.controller.gateway.protocol;

/**
 * What the list says differently for each node.
 *
 * @param nodeId its key in every map
 * @param partition of that key, on the member that the gateway speaks to
 * @param cluster the bus's secret name
 */
public record Terms(String nodeId, int partition, String cluster) {
    /** Without the secret. */
    @Override
    public String toString() {
        return nodeId + " in partition " + partition;
    }
}
