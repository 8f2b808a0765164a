package io.swarmctl.controller.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmctl.controller.api.Access;
import io.swarmctl.controller.fleet.Fleet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T12:00:00Z"));

    @TempDir
    Path directory;

    @Test
    void theFirstStartLetsAnAdminIn() throws IOException {
        try (Store store = Store.open(directory, CLOCK)) {
            assertThat(store.accessTokens().check(adminToken())).contains(new Access("admin", Access.Level.ADMIN));
        }
    }

    @Test
    void laterStartsFindAllAgain() throws IOException {
        Fleet fleet = Fleet.empty("f1");
        try (Store store = Store.open(directory, CLOCK)) {
            store.secrets().put("ca.key", new byte[] {7});
            store.fleet().save(fleet, fleet, List.of());
        }
        String token = adminToken();
        Files.delete(Store.adminToken(directory));
        try (Store store = Store.open(directory, CLOCK)) {
            assertThat(store.accessTokens().check(token)).isPresent();
            assertThat(store.secrets().get("ca.key")).contains(new byte[] {7});
            assertThat(store.fleet().load()).contains(fleet);
        }
        assertThat(Store.adminToken(directory)).doesNotExist();
    }

    @Test
    void itsFilesAreForTheOwnerOnlyAndNoneHoldsASecretPlainly() throws IOException {
        try (Store store = Store.open(directory, CLOCK)) {
            store.secrets().put("ca.key", "SECRETKEY".getBytes(StandardCharsets.UTF_8));
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo("rw-------");
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("SECRETKEY");
            }
        }
    }

    @Test
    void aMissingKeyIsNotReplaced() throws IOException {
        Store.open(directory, CLOCK).close();
        Files.delete(directory.resolve("store.key"));
        assertThatThrownBy(() -> Store.open(directory, CLOCK))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("store.key is missing")
                .hasMessageContaining("put it back");
    }

    @Test
    void anotherStoresKeyIsRefused() throws IOException {
        try (Store store = Store.open(directory, CLOCK)) {
            store.secrets().put("ca.key", new byte[] {7});
        }
        Files.write(directory.resolve("store.key"), new byte[32]);
        try (Store store = Store.open(directory, CLOCK)) {
            assertThatThrownBy(() -> store.secrets().get("ca.key")).hasMessageContaining("same backup");
        }
    }

    @Test
    void aDamagedDatabaseIsReported() throws IOException {
        Store.open(directory, CLOCK).close();
        Files.writeString(directory.resolve("store.mv.db"), "rubbish");
        assertThatThrownBy(() -> Store.open(directory, CLOCK))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot open the store in " + directory);
    }

    private String adminToken() throws IOException {
        return Files.readString(Store.adminToken(directory)).strip();
    }
}
