package io.swarmctl.common.wire;

/** What a node sends because its spec asks for it. */
public interface Answer {
    String nodeId();

    /** Of the request, as the spec had it. */
    long number();
}
