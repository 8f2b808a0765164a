package io.swarmctl.controller.api;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.validation.Parameter;
import io.vertx.openapi.validation.ValidatedRequest;
import java.util.List;
import java.util.Objects;

/** A request whose parameters and body are as the API's description wants them. */
final class Call {
    private final RoutingContext context;
    private final ValidatedRequest request;

    Call(RoutingContext context) {
        this.context = context;
        this.request = context.get(RouterBuilder.KEY_META_DATA_VALIDATED_REQUEST);
    }

    /** Who asks; stands in the timeline. */
    String actor() {
        return TokenCheck.caller(context).map(caller -> caller.access().name()).orElse("");
    }

    /** Who asks for something that is not open to all. */
    Caller caller() {
        return TokenCheck.caller(context).orElseThrow();
    }

    String path(String name) {
        return Objects.requireNonNull(request.getPathParameters().get(name), name)
                .getString();
    }

    long number(String name, long otherwise) {
        Parameter parameter = request.getQuery().get(name);
        return parameter == null || parameter.isEmpty() ? otherwise : parameter.getLong();
    }

    String text(String name, String otherwise) {
        Parameter parameter = request.getQuery().get(name);
        return parameter == null || parameter.isEmpty() ? otherwise : parameter.getString();
    }

    boolean flag(String name) {
        Parameter parameter = request.getQuery().get(name);
        return parameter != null && parameter.isBoolean() && parameter.getBoolean();
    }

    JsonObject body() {
        return request.getBody().getJsonObject();
    }

    /** Names and ids of those that the body is about. */
    List<String> nodes() {
        return body().getJsonArray("nodes").stream().map(Object::toString).toList();
    }

    String text() {
        String text = context.body().asString();
        return text == null ? "" : text;
    }

    /** Whether nobody waits for the answer any more. */
    boolean isGone() {
        return context.response().closed();
    }
}
