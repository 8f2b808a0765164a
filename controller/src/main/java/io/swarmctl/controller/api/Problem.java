package io.swarmctl.controller.api;

import io.swarmctl.controller.api.view.ProblemView;
import io.swarmctl.controller.fleet.FleetException;
import io.swarmctl.controller.fleet.StoreException;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.openapi.validation.ValidatorException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A request that is not answered, and why (RFC 9457). */
final class Problem extends RuntimeException {
    private static final String TYPE = "urn:swarmctl:problem:";
    private static final String STORE_FAILED = "store-failed";

    private final transient ProblemView view;

    private Problem(ProblemView view, @Nullable Throwable cause) {
        super(view.detail(), cause);
        this.view = view;
    }

    ProblemView view() {
        return view;
    }

    /** @param kind a few words with hyphens that never change, for programs */
    static Problem of(int status, String kind, String detail, String remedy) {
        return of(status, kind, detail, remedy, null);
    }

    private static Problem of(int status, String kind, String detail, String remedy, @Nullable Throwable cause) {
        return new Problem(new ProblemView(TYPE + kind, title(kind), status, detail, remedy, null), cause);
    }

    private static String title(String kind) {
        String words = kind.replace('-', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** The problem behind a failure. */
    static Problem behind(@Nullable Throwable failure, int status) {
        if (failure instanceof CompletionException && failure.getCause() != null) {
            return behind(failure.getCause(), status);
        }
        if (failure instanceof Problem problem) {
            return problem;
        }
        if (failure instanceof FleetException refused) {
            return refused(refused);
        }
        if (failure instanceof PolicyPort.Refused refused) {
            return notPolicy(refused);
        }
        if (failure instanceof ValidatorException || isBadRequest(failure)) {
            return of(400, "invalid-request", message(failure), "see " + OpenApi.PATH + "/openapi.json");
        }
        if (failure instanceof StoreException store) {
            return of(503, STORE_FAILED, store.problem(), store.remedy(), store);
        }
        if (failure instanceof IOException) {
            return of(
                    503, STORE_FAILED, "the controller cannot use its store now", "see the controller's log", failure);
        }
        return byStatus(failure instanceof HttpException http ? http.getStatusCode() : status, failure);
    }

    private static Problem refused(FleetException refused) {
        return switch (refused.reason()) {
            case INVALID -> of(400, "invalid", message(refused), refused.remedy());
            case UNKNOWN -> of(404, "unknown", message(refused), refused.remedy());
            case CONFLICT -> of(409, "conflict", message(refused), refused.remedy());
        };
    }

    private static Problem notPolicy(PolicyPort.Refused refused) {
        List<ProblemView.LineProblem> problems = refused.problems().stream()
                .map(at -> new ProblemView.LineProblem(at.line(), at.column(), at.problem(), at.remedy()))
                .toList();
        return new Problem(
                new ProblemView(
                        TYPE + "not-a-policy",
                        title("not-a-policy"),
                        422,
                        message(refused),
                        "mend the file; nothing was changed",
                        problems),
                null);
    }

    private static boolean isBadRequest(@Nullable Throwable failure) {
        return failure instanceof HttpException http
                && http.getStatusCode() == 400
                && http.getCause() instanceof ValidatorException;
    }

    private static Problem byStatus(int status, @Nullable Throwable failure) {
        return switch (status) {
            case 400 -> of(400, "invalid-request", message(failure), "see " + OpenApi.PATH + "/openapi.json");
            case 404 ->
                of(404, "not-found", "there is nothing at this address", "see " + OpenApi.PATH + "/openapi.json");
            case 405 ->
                of(405, "method-not-allowed", "this cannot be done here", "see " + OpenApi.PATH + "/openapi.json");
            case 413 -> of(413, "too-large", "the request is too large", "send less than 1 MB");
            case 415 ->
                of(
                        415,
                        "wrong-content-type",
                        "the body is of a type that is not taken",
                        "see " + OpenApi.PATH + "/openapi.json");
            default ->
                of(500, "internal-error", "the controller failed to answer", "see the controller's log", failure);
        };
    }

    private static String message(@Nullable Throwable failure) {
        return failure == null || failure.getMessage() == null ? "the request makes no sense" : failure.getMessage();
    }
}
