package io.swarmctl.controller.store;

import io.swarmctl.controller.api.Access;
import io.swarmctl.controller.api.AccessTokens;
import io.swarmctl.controller.api.SessionStore;
import io.swarmctl.controller.api.TokenBook;
import io.swarmctl.controller.fleet.FleetStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** All that a controller keeps: one database, the vault for what is secret in it, and who may come in. */
public final class Store implements AutoCloseable {
    private static final String KEY_FILE = "store.key";
    private static final String ADMIN_TOKEN_FILE = "admin.token";

    private final Database database;
    private final SqlFleetStore fleet;
    private final Secrets secrets;
    private final SqlAccessTokens accessTokens;
    private final SqlSessions sessions;

    Store(Database database, Vault vault) throws IOException {
        this.database = database;
        this.fleet = new SqlFleetStore(database, vault);
        this.secrets = new SqlSecrets(database, vault);
        this.accessTokens = new SqlAccessTokens(database);
        this.sessions = new SqlSessions(database);
    }

    /**
     * Opens the store in the directory, which nobody else may use meanwhile. The first time, makes its key, and a token
     * for the admin in a file of its own.
     *
     * @throws IOException when it cannot be read or written; the message says what to do
     */
    public static Store open(Path directory, InstantSource clock) throws IOException {
        Path key = directory.resolve(KEY_FILE);
        boolean first = !Database.exists(directory) && !Files.exists(key);
        Vault vault = first ? Vault.create(key) : Vault.load(key);
        Database database = Database.embedded(directory);
        try {
            Store store = new Store(database, vault);
            store.fleet.cutEvents();
            store.letAdminIn(adminToken(directory), clock);
            return store;
        } catch (IOException | RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** Where the first admin's token lies. */
    public static Path adminToken(Path directory) {
        return directory.resolve(ADMIN_TOKEN_FILE);
    }

    /** The token is in the file before it counts: a crash between the two leaves nobody locked out. */
    private void letAdminIn(Path file, InstantSource clock) throws IOException {
        if (!accessTokens.hasAdmin()) {
            String token = SqlAccessTokens.newToken();
            PrivateFile.write(file, (token + "\n").getBytes(StandardCharsets.UTF_8));
            accessTokens.add(new Access("admin", Access.Level.ADMIN), token, clock.instant());
        }
    }

    public FleetStore fleet() {
        return fleet;
    }

    public Secrets secrets() {
        return secrets;
    }

    public AccessTokens accessTokens() {
        return accessTokens;
    }

    public TokenBook tokenBook() {
        return accessTokens;
    }

    public SessionStore sessions() {
        return sessions;
    }

    @Override
    public void close() {
        database.close();
    }
}
