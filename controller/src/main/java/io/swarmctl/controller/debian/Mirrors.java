package io.swarmctl.controller.debian;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where Debian's archives are fetched from.
 *
 * @param archive the archive itself, with {@code dists} and {@code pool} below
 * @param security that of the security updates
 */
public record Mirrors(String archive, String security) {
    private static final Mirrors USUAL =
            new Mirrors("http://deb.debian.org/debian", "http://deb.debian.org/debian-security");

    private static final Pattern ONE_LINE = Pattern.compile("deb\\s+(?:\\[[^]]*]\\s+)?(https?://\\S+)\\s+(\\S+)\\s.*");
    private static final Pattern DEBIANS = Pattern.compile("(bullseye|bookworm|trixie|oldstable|stable)(-security)?");

    /** Of systems that are made from Debian, but sign their own archives. */
    private static final Pattern OTHERS = Pattern.compile(".*(raspbian|raspberrypi|ubuntu).*");

    public static Mirrors of(String archive, String security) throws DebianException {
        String plain = Mirror.requireAddress(archive);
        return new Mirrors(plain, security.isEmpty() ? plain + "-security" : Mirror.requireAddress(security));
    }

    /**
     * Those that this machine's apt uses, or the usual ones where it uses none.
     *
     * @param etcApt {@code /etc/apt}
     */
    public static Mirrors ofApt(Path etcApt) {
        String archive = "";
        String security = "";
        for (Source source : sources(etcApt)) {
            Matcher suite = DEBIANS.matcher(source.suite());
            if (suite.matches() && !OTHERS.matcher(source.uri()).matches()) {
                if (suite.group(2) != null) {
                    security = security.isEmpty() ? source.uri() : security;
                } else {
                    archive = archive.isEmpty() ? source.uri() : archive;
                }
            }
        }
        return new Mirrors(
                archive.isEmpty() ? USUAL.archive() : archive, security.isEmpty() ? USUAL.security() : security);
    }

    private record Source(String uri, String suite) {}

    private static List<Source> sources(Path etcApt) {
        List<Path> files = new ArrayList<>(List.of(etcApt.resolve("sources.list")));
        try (Stream<Path> more = Files.list(etcApt.resolve("sources.list.d"))) {
            more.sorted().forEach(files::add);
        } catch (IOException e) {
            // Not a Debian: the usual ones will do.
            return List.of();
        }
        List<Source> sources = new ArrayList<>();
        for (Path file : files) {
            String text = text(file).orElse("");
            if (file.toString().endsWith(".sources")) {
                Stream.of(text.split("\n\\s*\n")).forEach(entry -> addEntry(entry, sources));
            } else if (file.toString().endsWith(".list")) {
                text.lines()
                        .map(line -> ONE_LINE.matcher(line.strip() + " "))
                        .filter(Matcher::matches)
                        .forEach(line -> sources.add(new Source(plain(line.group(1)), line.group(2))));
            }
        }
        return sources;
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void addEntry(String entry, List<Source> sources) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line : entry.lines().toList()) {
            int colon = line.indexOf(':');
            if (colon > 0 && !line.startsWith("#") && !line.startsWith(" ")) {
                fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        }
        if (fields.getOrDefault("Enabled", "yes").equals("no")
                || !fields.getOrDefault("Types", "").matches("(.*\\s)?deb(\\s.*)?")) {
            return;
        }
        for (String uri : fields.getOrDefault("URIs", "").split("\\s+")) {
            for (String suite : fields.getOrDefault("Suites", "").split("\\s+")) {
                if (uri.startsWith("http://") || uri.startsWith("https://")) {
                    sources.add(new Source(plain(uri), suite));
                }
            }
        }
    }

    private static String plain(String uri) {
        return uri.replaceAll("/+$", "");
    }
}
