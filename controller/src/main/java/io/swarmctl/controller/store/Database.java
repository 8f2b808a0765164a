package io.swarmctl.controller.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.swarmctl.controller.fleet.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** A SQL database whose tables are up to date, and the transactions on it. Any thread may use it; calls block. */
final class Database implements AutoCloseable {
    /** Below this, H2 may run out of room in the middle of a write and close itself. */
    private static final long ROOM_BYTES = 32L << 20;

    private static final int CONNECTIONS = 4;

    /** H2's codes for what a failed disk does to it: general error, I/O error, the same in its file, closed. */
    private static final Set<Integer> BROKEN = Set.of(50000, 90028, 90031, 90098);

    /**
     * A commit writes to the file before it returns, instead of handing the work to a thread of H2's that nobody waits
     * for, not even {@code CHECKPOINT SYNC}: whoever copied the file or killed the process in that moment was without the
     * latest commits.
     */
    private static final String WRITE_AT_ONCE = ";WRITE_DELAY=0";

    /**
     * Old parts of the file are used again after 2 s instead of 45: every commit of ours is followed by a sync, and the
     * file stays small.
     */
    private static final String OPTIONS =
            WRITE_AT_ONCE + ";RETENTION_TIME=2000;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";

    private final HikariDataSource pool;
    private final Jdbi jdbi;

    /** The directory of the embedded database; null when it is somewhere else. */
    private final @Nullable Path embedded;

    private final String place;

    /** Work in one transaction. */
    @FunctionalInterface
    interface Work<T> {
        T with(Handle handle) throws IOException;
    }

    /** Changes in one transaction. */
    @FunctionalInterface
    interface Changes {
        void with(Handle handle) throws IOException;
    }

    private Database(HikariConfig config, @Nullable Path embedded, String place) throws IOException {
        this.embedded = embedded;
        this.place = place;
        try {
            pool = new HikariDataSource(config);
        } catch (RuntimeException e) {
            throw failed("open", e);
        }
        jdbi = Jdbi.create(pool);
    }

    /** H2, embedded, in the directory. */
    static Database embedded(Path directory) throws IOException {
        requireRoom(directory);
        Path file = directory.resolve("store");
        HikariConfig config =
                config("jdbc:h2:file:" + file.toAbsolutePath().toString().replace(";", "\\;") + OPTIONS);
        config.setUsername("swarmctl");
        config.setPassword("");
        Database database = new Database(config, directory, directory.toString()).migrated();
        Files.setPosixFilePermissions(directory.resolve("store.mv.db"), PosixFilePermissions.fromString("rw-------"));
        return database;
    }

    /** Whether there is an embedded database in the directory. */
    static boolean exists(Path directory) {
        return Files.exists(directory.resolve("store.mv.db"));
    }

    /** A database server. */
    static Database server(String url, String user, String password) throws IOException {
        HikariConfig config = config(url);
        config.setUsername(user);
        config.setPassword(password);
        return new Database(config, null, "the database server").migrated();
    }

    private static HikariConfig config(String url) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("store");
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(10_000);
        return config;
    }

    private Database migrated() throws IOException {
        try {
            Flyway.configure()
                    .dataSource(pool)
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
            return this;
        } catch (FlywayException e) {
            pool.close();
            throw failed("bring the tables up to date in", e);
        }
    }

    /** Reads, all of it from the same state. */
    <T> T read(Work<T> work) throws IOException {
        return run("read", work);
    }

    /** Makes the changes, all or none. When this returns, they are on the disk. */
    void write(Changes changes) throws IOException {
        if (embedded != null) {
            requireRoom(embedded);
        }
        run("write", handle -> {
            changes.with(handle);
            return true;
        });
        if (embedded != null) {
            // H2 has handed a commit to the operating system; only this waits until the disk has it.
            run("write", handle -> handle.execute("CHECKPOINT SYNC"));
        }
    }

    private <T> T run(String what, Work<T> work) throws IOException {
        try {
            return jdbi.inTransaction(work::with);
        } catch (JdbiException e) {
            letGo(e);
            throw failed(what, e);
        }
    }

    /**
     * After a write that failed, H2 is closed or goes on failing with the same error: closed for good, the next
     * connection opens it again with all that was committed.
     */
    private void letGo(JdbiException failure) {
        boolean broken =
                embedded != null && rootOf(failure) instanceof SQLException sql && BROKEN.contains(sql.getErrorCode());
        if (broken) {
            try {
                jdbi.useHandle(handle -> handle.execute("SHUTDOWN IMMEDIATELY"));
            } catch (JdbiException closed) {
                failure.addSuppressed(closed);
            }
        }
        pool.getHikariPoolMXBean().softEvictConnections();
    }

    @Override
    public void close() {
        if (embedded != null && pool.isRunning()) {
            try {
                // So that H2 closes its file with the last connection.
                jdbi.useHandle(handle -> handle.execute("SET DB_CLOSE_DELAY 0"));
            } catch (JdbiException e) {
                System.getLogger(Database.class.getName())
                        .log(
                                System.Logger.Level.WARNING,
                                "store not closed cleanly: {0}",
                                rootOf(e).getMessage());
            }
        }
        pool.close();
    }

    private static void requireRoom(Path directory) throws IOException {
        long free = directory.toFile().getUsableSpace();
        if (free < ROOM_BYTES) {
            throw new StoreException(
                    "no room in " + directory + ": " + (free >> 20) + " MB are free, " + (ROOM_BYTES >> 20)
                            + " MB are needed",
                    "delete something there (df -h " + directory + "), then it goes on by itself",
                    null);
        }
    }

    private IOException failed(String what, Throwable e) {
        String remedy = embedded == null
                ? "check that it runs and lets the controller in"
                : "check that the files there belong to user " + System.getProperty("user.name")
                        + ", and the disk (df -h, dmesg)";
        return new StoreException(
                "cannot " + what + " the store in " + place + ": " + rootOf(e).getMessage(), remedy, e);
    }

    private static Throwable rootOf(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null && !(root instanceof SQLException && root.getCause() instanceof SQLException)) {
            root = root.getCause();
        }
        return root;
    }
}
