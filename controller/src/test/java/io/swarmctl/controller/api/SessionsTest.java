package io.swarmctl.controller.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private static final String TOKEN = AccessTokens.fingerprint("somebody's");

    private final MemorySessions store = new MemorySessions();
    private final List<String> ended = new ArrayList<>();
    private Vertx vertx;
    private WorkerExecutor writes;
    private Instant now = Instant.parse("2026-11-20T12:00:00Z");
    private boolean revoked;
    private Sessions sessions;

    @BeforeEach
    void begin() throws IOException {
        vertx = Vertx.vertx();
        writes = vertx.createSharedWorkerExecutor("writes", 1);
        sessions = start();
    }

    @AfterEach
    void end() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    private Sessions start() throws IOException {
        Sessions started = new Sessions(this::check, store, writes, () -> now, new SecureRandom());
        started.onEnd(ended::add);
        return started;
    }

    private Optional<Access> check(String fingerprint) {
        return revoked && fingerprint.equals(TOKEN)
                ? Optional.empty()
                : Optional.of(new Access("ada", Access.Level.OPERATOR));
    }

    @Test
    void aSessionIsWhatItsTokenIs() {
        Sessions.Opened opened = sessions.open(TOKEN);

        assertThat(sessions.find(opened.secret())).contains(opened.session());
        assertThat(sessions.access(opened.session().id())).contains(new Access("ada", Access.Level.OPERATOR));
        assertThat(sessions.find("something else")).isEmpty();
        assertThat(sessions.find("")).isEmpty();
    }

    @Test
    void theCookieItselfIsStoredNowhere() {
        Sessions.Opened opened = sessions.open(TOKEN);

        await().untilAsserted(() -> assertThat(store.load()).containsExactly(opened.session()));
        assertThat(store.load().toString()).doesNotContain(opened.secret());
    }

    @Test
    void itEndsAfterTwelveHours() {
        Sessions.Opened opened = sessions.open(TOKEN);

        now = now.plus(Sessions.LIFETIME).minusSeconds(1);
        assertThat(sessions.find(opened.secret())).isPresent();
        now = now.plusSeconds(1);
        assertThat(sessions.find(opened.secret())).isEmpty();
        assertThat(ended).containsExactly(opened.session().id());
        await().untilAsserted(() -> assertThat(store.load()).isEmpty());
    }

    @Test
    void aTokenThatIsRevokedEndsItsSessions() {
        Sessions.Opened opened = sessions.open(TOKEN);

        revoked = true;

        assertThat(sessions.access(opened.session().id())).isEmpty();
        assertThat(ended).containsExactly(opened.session().id());
    }

    @Test
    void whoeverLogsOutEverywhereLeavesOthersIn() {
        Sessions.Opened one = sessions.open(TOKEN);
        Sessions.Opened two = sessions.open(TOKEN);
        Sessions.Opened other = sessions.open(AccessTokens.fingerprint("another's"));

        assertThat(sessions.endAllOf(TOKEN)).isEqualTo(2);

        assertThat(sessions.find(one.secret())).isEmpty();
        assertThat(sessions.find(two.secret())).isEmpty();
        assertThat(sessions.find(other.secret())).isPresent();
    }

    @Test
    void theOldestGoesWhenATokenHasTooMany() {
        Sessions.Opened first = sessions.open(TOKEN);
        Sessions.Opened second = sessions.open(TOKEN);
        for (int i = 2; i <= Sessions.MOST_OF_A_TOKEN; i++) {
            sessions.open(TOKEN);
        }

        assertThat(sessions.find(first.secret())).isEmpty();
        assertThat(sessions.find(second.secret())).isPresent();
    }

    @Test
    void noNumberOfTokensMakesThemTooMany() {
        for (int token = 0; token < 25; token++) {
            for (int i = 0; i < Sessions.MOST_OF_A_TOKEN; i++) {
                sessions.open(AccessTokens.fingerprint("token " + token));
            }
        }

        assertThat(ended).hasSize(25 * Sessions.MOST_OF_A_TOKEN - Sessions.MOST);
    }

    @Test
    void aControllerThatStartsAgainLogsNobodyOut() throws IOException {
        Sessions.Opened opened = sessions.open(TOKEN);
        await().until(() -> !store.load().isEmpty());

        assertThat(start().find(opened.secret())).contains(opened.session());
    }
}
