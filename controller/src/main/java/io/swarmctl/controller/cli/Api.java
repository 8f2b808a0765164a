package io.swarmctl.controller.cli;

import io.swarmctl.common.wire.WireException;
import io.swarmctl.common.wire.WireJson;
import io.swarmctl.controller.api.view.ProblemView;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.MalformedURLException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;

/** A controller's REST API, as one context has it. */
final class Api {
    static final String JSON = "application/json";
    static final String YAML = "application/yaml";

    private static final int CONNECT_MILLIS = 5_000;
    private static final int READ_MILLIS = 45_000;

    private static final int HURRIED_MILLIS = 4_000;

    private final Context context;
    private final int readMillis;

    Api(Context context) {
        this(context, READ_MILLIS);
    }

    private Api(Context context, int readMillis) {
        this.context = context;
        this.readMillis = readMillis;
    }

    /** The same for who would rather have no answer than wait for it: 4 s at most. */
    Api hurried() {
        return new Api(context, HURRIED_MILLIS);
    }

    Context context() {
        return context;
    }

    /** A text as one segment of a path. */
    static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    String get(String path) throws CliException {
        return send("GET", path, "", "");
    }

    <T> T get(String path, Class<T> type) throws CliException {
        return read(get(path), type);
    }

    String send(String method, String path) throws CliException {
        return send(method, path, "", "");
    }

    String send(String method, String path, Map<String, Object> body) throws CliException {
        return send(method, path, Tree.json(body), JSON);
    }

    /** @param type of the body; empty when there is none */
    String send(String method, String path, String body, String type) throws CliException {
        try {
            HttpsURLConnection connection = connect(context.url(), path, readMillis);
            PinnedTls.pin(connection, context.ca());
            connection.setRequestMethod(method);
            connection.setRequestProperty("Authorization", "Bearer " + context.token());
            if (!type.isEmpty()) {
                connection.setRequestProperty("Content-Type", type);
                connection.setDoOutput(true);
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(body.getBytes(StandardCharsets.UTF_8));
                }
            }
            return answer(connection);
        } catch (IOException e) {
            throw unreachable(context.url(), e);
        }
    }

    /** What any controller at that address says its CA's certificate is. Nothing is proved by it. */
    static String unprovenCa(String url) throws CliException {
        try {
            HttpsURLConnection connection = connect(url, "/ca", READ_MILLIS);
            PinnedTls.trustAnyone(connection);
            return answer(connection);
        } catch (IOException e) {
            throw unreachable(url, e);
        }
    }

    static <T> T read(String json, Class<T> type) throws CliException {
        try {
            return WireJson.read(json, type);
        } catch (WireException e) {
            throw new CliException(
                    "the controller's answer makes no sense", "is it of another version? compare: swarmctl version", e);
        }
    }

    static <T> String write(T value, Class<T> type) {
        return WireJson.write(value, type);
    }

    private static HttpsURLConnection connect(String url, String path, int readMillis)
            throws IOException, CliException {
        try {
            URI address = URI.create(url + "/api/v1" + path);
            if (address.toURL().openConnection() instanceof HttpsURLConnection connection) {
                connection.setConnectTimeout(Math.min(CONNECT_MILLIS, readMillis));
                connection.setReadTimeout(readMillis);
                connection.setInstanceFollowRedirects(false);
                connection.setUseCaches(false);
                return connection;
            }
        } catch (IllegalArgumentException | MalformedURLException e) {
            throw CliException.usage("'" + url + "' is no address", "write it as https://CONTROLLER:8443");
        }
        throw CliException.usage("'" + url + "' is not https", "write it as https://CONTROLLER:8443");
    }

    private static String answer(HttpsURLConnection connection) throws IOException, CliException {
        int status = connection.getResponseCode();
        InputStream stream = status < 400 ? connection.getInputStream() : connection.getErrorStream();
        String body;
        try (InputStream content = stream == null ? InputStream.nullInputStream() : stream) {
            body = new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
        if (status < 300) {
            return body;
        }
        throw refused(status, body);
    }

    private static CliException refused(int status, String body) {
        try {
            ProblemView problem = WireJson.read(body, ProblemView.class);
            StringBuilder detail = new StringBuilder(problem.detail());
            if (problem.problems() != null) {
                problem.problems()
                        .forEach(at -> detail.append("\n  line ")
                                .append(at.line())
                                .append(", column ")
                                .append(at.column())
                                .append(": ")
                                .append(at.problem())
                                .append(at.remedy().isEmpty() ? "" : " (" + at.remedy() + ")"));
            }
            return new CliException(detail.toString(), problem.remedy());
        } catch (WireException e) {
            return new CliException(
                    "the controller answered with status " + status, "is it a swarmctl controller at all?", e);
        }
    }

    private static CliException unreachable(String url, IOException e) {
        if (e instanceof SSLException) {
            return new CliException(
                    "whoever answers at " + url + " is not the controller that you logged in to",
                    "if it was set up anew, log in again: swarmctl login " + url,
                    e);
        }
        if (e instanceof UnknownHostException) {
            return new CliException("there is no host " + e.getMessage(), "check the address, or use an IP", e);
        }
        String why;
        if (e instanceof SocketTimeoutException) {
            why = "it does not answer";
        } else if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
            why = "nothing listens there";
        } else {
            why = String.valueOf(e.getMessage());
        }
        return CliException.unreachable(
                "cannot reach the controller at " + url + ": " + why,
                "is it running (swarmctl controller), and is the way there open?",
                e);
    }
}
