package io.swarmctl.controller.store;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** Runs where Debian's package postgresql is installed. */
@Tag("postgres")
class StoreOnPostgresTest extends StoreContract {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static PostgresServer server;

    private String name;

    @BeforeAll
    static void startServer() throws IOException {
        Assumptions.assumeTrue(
                PostgresServer.isPossible(), "no PostgreSQL here: apt-get install postgresql, to test with it");
        server = PostgresServer.start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @Override
    @BeforeEach
    void openStore() throws IOException {
        if (name == null) {
            name = "store" + DATABASES.incrementAndGet();
            server.createDatabase(name);
        }
        super.openStore();
    }

    @Override
    Database open() throws IOException {
        return Database.server(server.url(name), PostgresServer.USER, "");
    }
}
