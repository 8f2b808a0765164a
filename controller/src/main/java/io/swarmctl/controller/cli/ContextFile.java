package io.swarmctl.controller.cli;

import io.swarmctl.common.wire.WireException;
import io.swarmctl.common.wire.WireJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Where a person's contexts are kept: only the person can read it. */
final class ContextFile {
    private static final FileAttribute<Set<PosixFilePermission>> OWN_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWN_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path file;

    ContextFile(Surroundings surroundings) {
        file = surroundings.xdg("XDG_CONFIG_HOME", ".config").resolve("swarmctl/contexts.json");
    }

    Path path() {
        return file;
    }

    Contexts read() throws CliException {
        try {
            Contexts contexts = WireJson.read(Files.readString(file), Contexts.class);
            refuseForeignEyes();
            return contexts;
        } catch (NoSuchFileException e) {
            return Contexts.none();
        } catch (IOException e) {
            throw new CliException("cannot read " + file + ": " + e.getMessage(), "make it readable for you", e);
        } catch (WireException e) {
            throw new CliException(file + " is damaged", "delete it, and log in again: swarmctl login URL", e);
        }
    }

    private void refuseForeignEyes() throws IOException, CliException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (permissions.contains(PosixFilePermission.GROUP_READ)
                || permissions.contains(PosixFilePermission.OTHERS_READ)) {
            throw new CliException(file + " holds tokens and can be read by others", "run: chmod 600 " + file);
        }
    }

    void write(Contexts contexts) throws CliException {
        Path fresh = file.resolveSibling("contexts.json.new");
        try {
            Path directory = file.toAbsolutePath().getParent();
            if (directory != null && directory.getParent() != null) {
                Files.createDirectories(directory.getParent());
                if (!Files.isDirectory(directory)) {
                    Files.createDirectory(directory, OWN_DIRECTORY);
                }
            }
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, OWN_FILE);
            Files.write(fresh, WireJson.write(contexts, Contexts.class).getBytes(StandardCharsets.UTF_8));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new CliException("cannot write " + file + ": " + e, "make its directory writable for you", e);
        }
    }
}
