package io.swarmctl.controller.gateway;

import io.swarmctl.controller.fleet.Fleet;
import io.vertx.core.Future;
import io.vertx.core.net.NetSocket;

/** A service of the gateway for nodes that show their certificate. */
public interface NodeService {
    /** Takes a connection over, on its event loop, or ends it. */
    void greet(NetSocket socket);

    /** Ends the connections of nodes that this fleet does not let in. Any thread may call it. */
    void enforce(Fleet current);

    Future<Void> close();
}
