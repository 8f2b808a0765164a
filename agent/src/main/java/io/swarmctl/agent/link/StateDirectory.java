package io.swarmctl.agent.link;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** Small files that survive power cuts: each is either as it was or as it was meant to be. Readable by root only. */
public final class StateDirectory {
    private final Path directory;

    /** @throws IOException when the directory cannot be made */
    public StateDirectory(Path directory) throws IOException {
        this.directory = directory;
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** What is there; where a failing card put bytes that are no text, the text has replacement characters. */
    public Optional<String> read(String name) throws IOException {
        try {
            return Optional.of(new String(Files.readAllBytes(directory.resolve(name)), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    public void write(String name, String content) throws IOException {
        replace(name, content, true);
        try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
            entries.force(true);
        }
    }

    /** As {@link #write}, but the card is not waited for: a power cut soon afterwards leaves it as it was, or empty. */
    void note(String name, String content) throws IOException {
        replace(name, content, false);
    }

    private void replace(String name, String content, boolean lasting) throws IOException {
        Path temporary = directory.resolve(name + ".new");
        Files.deleteIfExists(temporary);
        Files.createFile(temporary, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (lasting) {
                channel.force(true);
            }
        }
        Files.move(
                temporary,
                directory.resolve(name),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    public void delete(String name) throws IOException {
        Files.deleteIfExists(directory.resolve(name));
    }
}
