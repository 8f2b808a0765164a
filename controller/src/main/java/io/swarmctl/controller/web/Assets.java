package io.swarmctl.controller.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The dashboard's files as they were built into the jar, all of them in memory; together they are small. */
final class Assets {
    static final String PAGE = "index.html";

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml");

    private final Map<String, Asset> files;

    /**
     * One file.
     *
     * @param zipped the same, by gzip
     */
    record Asset(String type, Buffer plain, Buffer zipped) {}

    private Assets(Map<String, Asset> files) {
        this.files = Map.copyOf(files);
    }

    /** Empty when the jar was built without the dashboard. */
    static Optional<Assets> load() {
        byte @Nullable [] manifest = read("manifest.json");
        if (manifest == null) {
            return Optional.empty();
        }
        Map<String, Asset> files = new LinkedHashMap<>();
        for (String name : names(new JsonObject(Buffer.buffer(manifest)))) {
            byte[] content = read(name);
            if (content == null) {
                throw new IllegalStateException(name + " of the dashboard is not in the jar");
            }
            files.put(name, new Asset(type(name), Buffer.buffer(content), Buffer.buffer(zip(content))));
        }
        return Optional.of(new Assets(files));
    }

    Optional<Asset> named(String name) {
        return Optional.ofNullable(files.get(name));
    }

    /** What Vite lists as its output. */
    private static Set<String> names(JsonObject manifest) {
        Set<String> names = new LinkedHashSet<>(Set.of(PAGE));
        for (String entry : manifest.fieldNames()) {
            JsonObject chunk = manifest.getJsonObject(entry);
            names.add(chunk.getString("file"));
            for (String more : Set.of("css", "assets")) {
                chunk.getJsonArray(more, new JsonArray()).forEach(name -> names.add(name.toString()));
            }
        }
        return names;
    }

    private static String type(String name) {
        return TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
    }

    private static byte @Nullable [] read(String name) {
        try (InputStream file = Assets.class.getResourceAsStream("site/" + name)) {
            return file == null ? null : file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] zip(byte[] content) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }
}
