package io.swarmctl.controller.store;

import io.swarmctl.controller.api.Access;
import io.swarmctl.controller.api.AccessTokens;
import io.swarmctl.controller.api.TokenBook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Access tokens: their hashes are in the database and, so that a check does not block, in memory. */
final class SqlAccessTokens implements AccessTokens, TokenBook {
    private static final String PREFIX = "swarmctl_";
    private static final int TOKEN_BYTES = 32;

    private final Database database;

    /** Written by one thread at a time, which {@code synchronized} is for; read by every request. */
    private final List<Known> known;

    /** @param hash SHA-256 of the token in hexadecimal */
    private record Known(Access access, String hash) {
        boolean hasHash(String other) {
            return MessageDigest.isEqual(
                    hash.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
        }
    }

    SqlAccessTokens(Database database) throws IOException {
        this.database = database;
        List<Known> stored =
                database.read(handle -> handle.createQuery("SELECT name, access_level, hash FROM access_token")
                        .map((row, context) -> known(row))
                        .list());
        this.known = new CopyOnWriteArrayList<>(stored);
    }

    private static Known known(ResultSet row) throws SQLException {
        Access access = new Access(row.getString("name"), Column.choice(row, "access_level", Access.Level.class));
        return new Known(access, row.getString("hash"));
    }

    @Override
    public Optional<Access> withFingerprint(String hash) {
        Optional<Access> access = Optional.empty();
        for (Known candidate : known) {
            if (candidate.hasHash(hash)) {
                access = Optional.of(candidate.access());
            }
        }
        return access;
    }

    boolean hasAdmin() {
        return known.stream().anyMatch(token -> token.access().level() == Access.Level.ADMIN);
    }

    /** Text for a new token; it opens nothing before it is added. */
    static String newToken() {
        byte[] secret = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(secret);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    /** From now on the token gives that access. */
    void add(Access access, String token, Instant now) throws IOException {
        String hash = AccessTokens.fingerprint(token);
        database.write(handle -> handle.createUpdate("INSERT INTO access_token (name, access_level, hash, created_at)"
                        + " VALUES (:name, :level, :hash, :now)")
                .bind("name", access.name())
                .bind("level", access.level().name())
                .bind("hash", hash)
                .bind("now", Column.at(now))
                .execute());
        known.add(new Known(access, hash));
    }

    @Override
    public List<Issued> all() throws IOException {
        return database.read(handle -> handle.createQuery(
                        "SELECT name, access_level, created_at FROM access_token ORDER BY name")
                .map((row, context) -> new Issued(
                        new Access(row.getString("name"), Column.choice(row, "access_level", Access.Level.class)),
                        Column.time(row, "created_at")))
                .list());
    }

    @Override
    public synchronized Optional<String> create(Access access, Instant now) throws IOException {
        if (known.stream().anyMatch(token -> token.access().name().equals(access.name()))) {
            return Optional.empty();
        }
        String token = newToken();
        add(access, token, now);
        return Optional.of(token);
    }

    @Override
    public synchronized boolean revoke(String name) throws IOException {
        database.write(handle -> handle.createUpdate("DELETE FROM access_token WHERE name = :name")
                .bind("name", name)
                .execute());
        return known.removeIf(token -> token.access().name().equals(name));
    }
}
