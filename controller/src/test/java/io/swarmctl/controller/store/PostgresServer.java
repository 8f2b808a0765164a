package io.swarmctl.controller.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A PostgreSQL of our own on a free loopback port, gone with its data when closed. */
final class PostgresServer implements AutoCloseable {
    static final String USER = "swarmctl";

    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");

    private final Path directory;
    private final int port;

    private PostgresServer(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    /** Whether the binaries are there, and a user to run them as: PostgreSQL refuses root. */
    static boolean isPossible() throws IOException {
        return Files.isDirectory(INSTALLED)
                && (!isRoot() || Files.readString(Path.of("/etc/passwd")).contains("\npostgres:"));
    }

    static PostgresServer start() throws IOException {
        Path directory = Files.createTempDirectory("swarmctl-postgres");
        if (isRoot()) {
            run(List.of("chown", "postgres", directory.toString()));
        }
        int port = freePort();
        PostgresServer server = new PostgresServer(directory, port);
        server.runTool("initdb", "-D", server.data(), "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync");
        server.runTool(
                "pg_ctl",
                "-D",
                server.data(),
                "-l",
                directory.resolve("log").toString(),
                "-o",
                "-h 127.0.0.1 -p " + port + " -k " + directory + " -F",
                "-w",
                "start");
        return server;
    }

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    void createDatabase(String name) throws IOException {
        runTool("createdb", "-h", "127.0.0.1", "-p", String.valueOf(port), "-U", USER, name);
    }

    @Override
    public void close() throws IOException {
        runTool("pg_ctl", "-D", data(), "-m", "immediate", "stop");
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    private void runTool(String tool, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        try (Stream<Path> versions = Files.list(INSTALLED)) {
            Path newest = versions.max(Comparator.naturalOrder()).orElseThrow();
            command.add(newest.resolve("bin").resolve(tool).toString());
        }
        command.addAll(List.of(arguments));
        run(command);
    }

    private static void run(List<String> command) throws IOException {
        Path output = Files.createTempFile(
                "swarmctl-postgres",
                ".out",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(Path.of("/").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (process.waitFor() != 0) {
                throw new IOException(command + " ended with " + process.exitValue() + ": " + Files.readString(output));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(command + " interrupted", e);
        } finally {
            Files.delete(output);
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
