package io.swarmctl.controller.store;

import io.swarmctl.controller.api.Session;
import io.swarmctl.controller.api.SessionStore;
import java.io.IOException;
import java.util.Collection;
import java.util.List;

/** Sessions in the database: hashes and times, nothing to log in with. */
final class SqlSessions implements SessionStore {
    private final Database database;

    SqlSessions(Database database) {
        this.database = database;
    }

    @Override
    public List<Session> load() throws IOException {
        return database.read(handle -> handle.createQuery(
                        "SELECT id, token_hash, opened_at, expires_at FROM web_session")
                .map((row, context) -> new Session(
                        row.getString("id"),
                        row.getString("token_hash"),
                        Column.time(row, "opened_at"),
                        Column.time(row, "expires_at")))
                .list());
    }

    @Override
    public void save(Session session) throws IOException {
        database.write(handle -> handle.createUpdate("INSERT INTO web_session (id, token_hash, opened_at, expires_at)"
                        + " VALUES (:id, :token, :opened, :expires)")
                .bind("id", session.id())
                .bind("token", session.token())
                .bind("opened", Column.at(session.openedAt()))
                .bind("expires", Column.at(session.expiresAt()))
                .execute());
    }

    @Override
    public void remove(Collection<String> ids) throws IOException {
        database.write(handle -> ids.forEach(id -> handle.createUpdate("DELETE FROM web_session WHERE id = :id")
                .bind("id", id)
                .execute()));
    }
}
