package io.swarmctl.controller.image.flash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the JDK cannot ask of the kernel is asked by programs that every Debian has. */
public final class DiskTools {
    private static final int UNMOUNT_SECONDS = 120;
    private static final int SECONDS = 10;
    private static final List<String> DIRECTORIES = List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin");

    private DiskTools() {}

    /**
     * Writes what is still in memory, which may take a while, and lets go of the device.
     *
     * @throws IOException when it is in use, or does not end; the message says why
     */
    public static void unmount(Mount mount) throws IOException, InterruptedException {
        Path said = Files.createTempFile("swarmctl-umount-", ".txt");
        try {
            Process process = new ProcessBuilder(program("umount"), "--", mount.point())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            if (!process.waitFor(UNMOUNT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("it takes more than " + UNMOUNT_SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                throw new IOException(
                        Files.readString(said, StandardCharsets.ISO_8859_1).strip());
            }
        } finally {
            Files.delete(said);
        }
    }

    /**
     * Has the kernel read the disks' partition tables, and waits until the nodes are there. Both may be impossible, as
     * when a desktop was quicker and has mounted a card; no card is worse for it.
     */
    public static void reread(List<Target> targets) {
        boolean any = false;
        for (Target target : targets) {
            any |= tried("blockdev", "--rereadpt", target.path().toString());
        }
        if (any) {
            tried("udevadm", "settle", "--timeout=" + SECONDS);
        }
    }

    /** Whether it went well. Nothing depends on it. */
    private static boolean tried(String program, String... arguments) {
        try {
            ProcessBuilder builder = new ProcessBuilder(program(program));
            builder.command().addAll(List.of(arguments));
            Process process = builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(SECONDS + 1, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Where it is: the search path of somebody who is no administrator lacks half of the directories. */
    private static String program(String name) {
        return DIRECTORIES.stream()
                .map(directory -> directory + "/" + name)
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst()
                .orElse(name);
    }
}
