package io.swarmctl.controller.api;

import io.swarmctl.controller.api.view.EndedSessionsView;
import io.swarmctl.controller.api.view.SessionView;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Logging in and out with a browser. */
final class SessionOperations implements Operations {
    private static final String SET_COOKIE = "Set-Cookie";

    private final Sessions sessions;
    private final InstantSource clock;

    SessionOperations(Sessions sessions, InstantSource clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    @Override
    public Map<String, Operation> operations() {
        return Map.of(
                "openSession", this::open,
                "getSession", call -> answer(call.caller(), call.caller().session(), 200),
                "endSession", this::end,
                "endSessions", this::endAll);
    }

    /** Only the token itself opens a session: a session does not prolong itself. */
    private Future<Answer> open(Call call) {
        if (call.caller().session() != null) {
            return Future.failedFuture(Problem.of(
                    401,
                    "unauthorized",
                    "a session does not open another",
                    "log in with the access token, as Authorization: Bearer"));
        }
        Sessions.Opened opened = sessions.open(call.caller().token());
        return answer(call.caller(), opened.session(), 201)
                .map(answer -> answer.with(SET_COOKIE, SessionCookie.of(opened.secret())));
    }

    private Future<Answer> end(Call call) {
        Session session = call.caller().session();
        if (session != null) {
            sessions.end(session.id());
        }
        return ended(session == null ? 0 : 1);
    }

    private Future<Answer> endAll(Call call) {
        return ended(sessions.endAllOf(call.caller().token()));
    }

    private static Future<Answer> ended(int count) {
        return Future.succeededFuture(Answer.json(new EndedSessionsView(count), EndedSessionsView.class)
                .with(SET_COOKIE, SessionCookie.gone()));
    }

    private Future<Answer> answer(Caller caller, @Nullable Session session, int status) {
        Instant now = clock.instant();
        SessionView view = new SessionView(
                now,
                caller.access().name(),
                NodeViews.word(caller.access().level()),
                session == null ? null : session.expiresAt(),
                session == null ? null : -NodeViews.age(session.expiresAt(), now));
        return Future.succeededFuture(Answer.json(status, view, SessionView.class));
    }
}
