package io.swarmctl.controller.api;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.SecurityRequirement;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The API's description: what is served, what requests are checked against, and who may ask what. */
final class OpenApi {
    static final String PATH = "/api/v1";

    private static final String SCHEME = "token";

    /** What Vert.x takes YAML for. */
    static final String BYTES_TYPE = "application/octet-stream";

    private final JsonObject document;

    private OpenApi(JsonObject document) {
        this.document = document;
    }

    static OpenApi load() {
        try (InputStream yaml = OpenApi.class.getResourceAsStream("openapi.yaml")) {
            if (yaml == null) {
                throw new IllegalStateException("openapi.yaml is not in the jar");
            }
            Object loaded = new Load(LoadSettings.builder().build()).loadFromInputStream(yaml);
            return new OpenApi(new JsonObject(asObject(loaded)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked") // an OpenAPI document is an object, and YAML keys of ours are strings
    private static Map<String, Object> asObject(Object loaded) {
        return (Map<String, Object>) loaded;
    }

    String text() {
        return document.encode();
    }

    /**
     * What Vert.x checks requests against. It knows few media types: the answers are left out, and YAML is bytes to
     * it. It knows no relative addresses either.
     */
    Future<OpenAPIContract> contract(Vertx vertx) {
        JsonObject checked = document.copy();
        for (String path : checked.getJsonObject("paths").fieldNames()) {
            JsonObject operations = checked.getJsonObject("paths").getJsonObject(path);
            operations.fieldNames().stream()
                    .filter(method -> !method.equals("parameters"))
                    .forEach(method -> operations
                            .getJsonObject(method)
                            .put(
                                    "responses",
                                    new JsonObject().put("default", new JsonObject().put("description", ""))));
        }
        checked.getJsonObject("components").remove("responses");
        checked.getJsonObject("components")
                .getJsonObject("requestBodies")
                .getJsonObject("Fleet")
                .put("content", bytes());
        checked.getJsonArray("servers").getJsonObject(0).put("url", "https://localhost" + PATH);
        return OpenAPIContract.from(vertx, checked);
    }

    private static JsonObject bytes() {
        return JsonObject.of(BYTES_TYPE, JsonObject.of("schema", JsonObject.of("type", "string", "format", "binary")));
    }

    /** The level that an operation needs at least; empty when it is open to all. */
    static Optional<Access.Level> levelFor(Operation operation) {
        List<SecurityRequirement> requirements = operation.getSecurityRequirements();
        return requirements.stream()
                .flatMap(requirement -> requirement.getScopes(SCHEME).stream())
                .map(level -> Access.Level.valueOf(level.toUpperCase(Locale.ROOT)))
                .findFirst();
    }
}
