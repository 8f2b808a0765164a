/**
 * What agents may say on the bus: frames of Hazelcast's open client protocol, and the list of messages that pass. Without
 * sockets, clock and threads.
 */
@NullMarked
package io.swarmctl.controller.gateway.protocol;

import org.jspecify.annotations.NullMarked;
