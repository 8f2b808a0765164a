package io.swarmctl.controller.api;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;

/** What else is served from the API's port. */
public interface Site {
    /** Adds its routes. Those of the API come first, and their headers are on every answer. */
    void mount(Router router);

    Future<Void> close();
}
