package io.swarmctl.controller.image.flash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Reads from {@code /proc} what is mounted, by whom, and what is swapped to. */
final class ProcFiles {
    private static final Pattern ESCAPE = Pattern.compile("\\\\([0-7]{3})");
    private static final int NUMBER_AT = 2;
    private static final int POINT_AT = 4;

    private final Path root;
    private final Path proc;

    ProcFiles(Path root) {
        this.root = root;
        this.proc = root.resolve("proc");
    }

    /** Those that this process sees, and then those of containers and the like, as far as it may look. */
    List<Mount> mounts() throws IOException {
        List<Mount> mounts = new ArrayList<>(mounts(proc.resolve("self"), ""));
        Set<String> spaces = new HashSet<>(Set.of(space(proc.resolve("self")), ""));
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                if (spaces.add(space(process))) {
                    mounts.addAll(others(process));
                }
            }
        }
        return mounts;
    }

    private List<Mount> others(Path process) {
        try {
            String name = Files.readString(process.resolve("comm")).strip().replaceAll("[^\\x20-\\x7e]", "?");
            return mounts(process, "process " + process.getFileName() + " (" + name + ")");
        } catch (IOException e) {
            // It has ended meanwhile.
            return List.of();
        }
    }

    private static String space(Path process) {
        try {
            return Files.readSymbolicLink(process.resolve("ns/mnt")).toString();
        } catch (IOException e) {
            return "";
        }
    }

    /** A line: id, parent, number, root, point, options, further fields, a dash, type, source, options. */
    private List<Mount> mounts(Path process, String who) throws IOException {
        List<Mount> mounts = new ArrayList<>();
        // A path may hold any bytes.
        for (String line : Files.readAllLines(process.resolve("mountinfo"), StandardCharsets.ISO_8859_1)) {
            List<String> fields = List.of(line.split(" "));
            int source = fields.indexOf("-") + 2;
            if (fields.size() > POINT_AT && source > 1 && source < fields.size()) {
                mounts.add(new Mount(
                        fields.get(NUMBER_AT), device(plain(fields.get(source))), plain(fields.get(POINT_AT)), who));
            }
        }
        return mounts;
    }

    List<String> swaps() throws IOException {
        Path file = proc.resolve("swaps");
        if (!Files.exists(file)) {
            return List.of();
        }
        return Files.readAllLines(file, StandardCharsets.ISO_8859_1).stream()
                .skip(1)
                .map(line -> plain(line.split("\\s")[0]))
                .map(path -> path.startsWith("/dev/") ? device(path) : path)
                .toList();
    }

    /** The kernel's name of a device: names such as {@code /dev/mapper/vg-root} are links to it. */
    private String device(String source) {
        if (!source.startsWith("/dev/")) {
            return "";
        }
        Path path = root.resolve(source.substring(1));
        try {
            return path.toRealPath().getFileName().toString();
        } catch (IOException e) {
            return path.getFileName().toString();
        }
    }

    /** Blanks and the like are written in octal there; what comes out is in UTF-8. */
    private static String plain(String field) {
        String bytes = ESCAPE.matcher(field).replaceAll(ProcFiles::letter);
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static String letter(MatchResult escape) {
        String letter = Character.toString((char) Integer.parseInt(escape.group(1), 8));
        return java.util.regex.Matcher.quoteReplacement(letter);
    }
}
