package io.swarmctl.controller.api;

import io.swarmctl.common.wire.WireJson;
import io.swarmctl.controller.api.view.ProblemView;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import io.vertx.ext.web.openapi.router.OpenAPIRoute;
import io.vertx.ext.web.openapi.router.RequestExtractor;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.OpenAPIContract;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the REST API, and the site beside it. Requests are answered on one event loop; store reads have threads of their own. */
public final class ApiServer {
    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
    private static final long MOST_BODY_BYTES = 1 << 20;
    private static final int READ_THREADS = 4;
    private static final int IDLE_SECONDS = 90;
    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Vertx vertx;
    private final Identity identity;
    private final Ports ports;
    private final Site site;
    private final HttpServer server;
    private final HttpServerOptions https;
    private final WorkerExecutor reads;
    private final OpenApi openApi = OpenApi.load();

    /** @param https host, port, key and certificate; 0 as port takes a free one */
    public ApiServer(Vertx vertx, HttpServerOptions https, Identity identity, Ports ports, Site site) {
        this.vertx = vertx;
        this.identity = identity;
        this.ports = ports;
        this.site = site;
        this.https = new HttpServerOptions(https).setIdleTimeout(IDLE_SECONDS).setIdleTimeoutUnit(TimeUnit.SECONDS);
        this.server = vertx.createHttpServer(this.https);
        this.reads = vertx.createSharedWorkerExecutor("swarmctl-api-reads", READ_THREADS);
    }

    /** The port that it listens on. */
    public Future<Integer> start() {
        return openApi.contract(vertx)
                .map(this::router)
                .compose(router -> server.requestHandler(router).listen())
                .map(HttpServer::actualPort);
    }

    /** Shows another key and certificate from now on; who is connected stays so. */
    public Future<Boolean> identify(KeyCertOptions other) {
        return server.updateSSLOptions(https.getSslOptions().copy().setKeyCertOptions(other));
    }

    public Future<Void> close() {
        return site.close().eventually(server::close).eventually(reads::close);
    }

    private Router router(OpenAPIContract contract) {
        RouterBuilder api = RouterBuilder.create(vertx, contract, RequestExtractor.withBodyHandler());
        TokenCheck tokenCheck =
                new TokenCheck(ports.tokens(), ports.sessions(), contract, new WrongTokens(ports.clock()));
        api.rootHandler(tokenCheck);
        api.rootHandler(BodyHandler.create(false).setBodyLimit(MOST_BODY_BYTES));
        Map<String, Operations.Operation> operations = operations();
        for (OpenAPIRoute route : api.getRoutes()) {
            Operations.Operation operation =
                    operations.remove(route.getOperation().getOperationId());
            if (operation == null) {
                throw new IllegalStateException(
                        "nobody answers " + route.getOperation().getOperationId());
            }
            route.setDoSecurity(false).addHandler(context -> answer(context, route, operation));
        }
        if (!operations.isEmpty()) {
            throw new IllegalStateException("not in the API's description: " + operations.keySet());
        }
        Router router = Router.router(vertx);
        router.route().handler((SecurityPolicyHandler) ApiServer::secure);
        router.route(OpenApi.PATH + "/*").handler((SecurityPolicyHandler) ApiServer::takeYamlAsBytes);
        router.route(OpenApi.PATH + "/*").subRouter(api.createRouter());
        router.get("/metrics").handler(tokenCheck).handler(this::metrics);
        site.mount(router);
        Welcome welcome = new Welcome(identity);
        router.get("/welcome").handler(welcome);
        router.get("/").handler(welcome);
        router.route().failureHandler(ApiServer::fail);
        for (int status : List.of(400, 404, 405, 413, 415)) {
            router.errorHandler(status, ApiServer::fail);
        }
        return router;
    }

    /** Where Prometheus looks for it, beside the API; any access token may read it. */
    private void metrics(RoutingContext context) {
        reads.executeBlocking(ports.metrics()::get, false)
                .onSuccess(text -> context.response()
                        .putHeader("Content-Type", METRICS_TYPE)
                        .end(text))
                .onFailure(context::fail);
    }

    private Map<String, Operations.Operation> operations() {
        Map<String, Operations.Operation> all = new HashMap<>();
        List.of(
                        new StatusOperations(reads, ports, identity, openApi),
                        new NodeOperations(vertx, reads, ports),
                        new DiagnosisOperations(vertx, ports),
                        new BenchmarkOperations(reads, ports),
                        new RoleOperations(ports),
                        new SwarmOperations(ports),
                        new KeyOperations(ports),
                        new TokenOperations(reads, ports),
                        new PolicyOperations(ports),
                        new ActionOperations(reads, ports),
                        new CacheOperations(reads, ports),
                        new SessionOperations(ports.sessions(), ports.clock()))
                .forEach(part -> all.putAll(part.operations()));
        return all;
    }

    private static void secure(RoutingContext context) {
        context.response()
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                .putHeader("Cache-Control", "no-store");
        context.next();
    }

    private static void takeYamlAsBytes(RoutingContext context) {
        String type = context.request().getHeader("Content-Type");
        if (type != null && type.startsWith("application/yaml")) {
            context.request().headers().set("Content-Type", OpenApi.BYTES_TYPE);
        }
        context.next();
    }

    private static void answer(RoutingContext context, OpenAPIRoute route, Operations.Operation operation) {
        if (!TokenCheck.requireLevel(context, route.getOperation())) {
            return;
        }
        operation
                .answer(new Call(context))
                .onSuccess(answer -> {
                    answer.headers().forEach(context.response()::putHeader);
                    context.response()
                            .setStatusCode(answer.status())
                            .putHeader("Content-Type", answer.contentType())
                            .end(answer.content());
                })
                .onFailure(context::fail);
    }

    private static void fail(RoutingContext context) {
        if (context.response().ended() || context.response().closed()) {
            return;
        }
        Problem problem = Problem.behind(context.failure(), context.statusCode());
        ProblemView view = problem.view();
        if (view.status() >= 500) {
            LOG.error("{} {} failed", context.request().method(), context.normalizedPath(), problem.getCause());
        }
        context.response()
                .setStatusCode(view.status())
                .putHeader("Content-Type", "application/problem+json")
                .end(WireJson.write(view, ProblemView.class));
    }
}
