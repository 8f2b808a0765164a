package io.swarmctl.controller.store;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class StoreOnH2Test extends StoreContract {
    @TempDir
    Path directory;

    @Override
    Database open() throws IOException {
        return Database.embedded(directory);
    }
}
