package io.swarmctl.controller.api;

import io.vertx.core.Future;
import java.util.Map;

/** Operations of the API by their ids. */
interface Operations {
    /** Answers one operation's calls. */
    @FunctionalInterface
    interface Operation {
        Future<Answer> answer(Call call);
    }

    Map<String, Operation> operations();
}
