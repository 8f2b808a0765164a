package io.swarmctl.controller.gateway;

/** A node with the key that its certificate is for: a board with a new card begins anew. */
record NodeKey(String nodeId, String publicJwk) {}
