package io.swarmctl.controller.store;

import java.io.IOException;
import java.util.Optional;

/** Secrets in the database, encrypted. */
final class SqlSecrets implements Secrets {
    private final Database database;
    private final Vault vault;

    SqlSecrets(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    @Override
    public Optional<byte[]> get(String name) throws IOException {
        Optional<String> sealed =
                database.read(handle -> handle.createQuery("SELECT content_sealed FROM secret WHERE name = :name")
                        .bind("name", name)
                        .mapTo(String.class)
                        .findOne());
        return sealed.isEmpty() ? Optional.empty() : Optional.of(vault.open(field(name), sealed.get()));
    }

    @Override
    public void put(String name, byte[] content) throws IOException {
        String sealed = vault.seal(field(name), content);
        database.write(handle -> {
            handle.createUpdate("DELETE FROM secret WHERE name = :name")
                    .bind("name", name)
                    .execute();
            handle.createUpdate("INSERT INTO secret (name, content_sealed) VALUES (:name, :sealed)")
                    .bind("name", name)
                    .bind("sealed", sealed)
                    .execute();
        });
    }

    private static String field(String name) {
        return "secret/" + name;
    }
}
