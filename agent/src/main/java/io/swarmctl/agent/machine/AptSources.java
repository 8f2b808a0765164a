package io.swarmctl.agent.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * apt's sources, as they have to be for packages to come through a proxy that keeps them. What is asked for by HTTPS no proxy
 * can see into; so where the proxy itself asks by HTTPS, apt is to ask it by HTTP. It files both under the same names, so that
 * the next run may go directly again. The sources themselves stay as they are.
 */
final class AptSources {
    private static final String LIST = "etc/apt/sources.list";
    private static final String PARTS = "etc/apt/sources.list.d";
    private static final String BY_TLS = "https://";

    /**
     * An archive's address in a source. One with a name and a password in it is none for others, and one that is reached in a
     * way of its own ({@code tor+https}) is to be reached in no other.
     */
    private static final Pattern ADDRESS =
            Pattern.compile("(?<![+0-9A-Za-z])(https?)://([0-9A-Za-z.-]+)(?=[:/\\s]|$)(?!:[^/\\s]*@)");

    private final Layout layout;

    AptSources(Layout layout) {
        this.layout = layout;
    }

    /** apt's options for it; none when no source may be asked for there. */
    List<String> through(PackageRoute.Opened cache) throws MachineException {
        Set<String> proxied = new TreeSet<>();
        boolean changed = false;
        Path copies = layout.notes().resolve("apt-sources");
        Path parts = copies.resolve("sources.list.d");
        Set<Path> wanted = new LinkedHashSet<>();
        List<Path> sources = new ArrayList<>(layout.entries(PARTS));
        sources.add(0, layout.at(LIST));
        for (Path source : sources) {
            Optional<String> text = Layout.text(source);
            if (text.isPresent()) {
                Seen seen = see(text.get(), cache.hosts());
                proxied.addAll(seen.proxied());
                changed |= !seen.text().equals(text.get());
                Path copy = source.equals(layout.at(LIST))
                        ? copies.resolve("sources.list")
                        : parts.resolve(String.valueOf(source.getFileName()));
                copy(source, seen.text(), copy);
                wanted.add(copy);
            }
        }
        removeOthers(parts, wanted);
        List<String> options = new ArrayList<>();
        if (changed) {
            options.add("-oDir::Etc::SourceList=" + copies.resolve("sources.list"));
            options.add("-oDir::Etc::SourceParts=" + parts);
        }
        proxied.forEach(
                host -> options.add("-oAcquire::http::Proxy::" + host + "=http://127.0.0.1:" + cache.port() + "/"));
        return options;
    }

    /**
     * A source as apt is to see it.
     *
     * @param proxied hosts that are to be asked for at the proxy
     */
    record Seen(String text, Set<String> proxied) {
        Seen {
            proxied = Set.copyOf(proxied);
        }
    }

    static Seen see(String text, List<String> hosts) {
        Set<String> proxied = new TreeSet<>();
        Matcher address = ADDRESS.matcher(text);
        String seen = address.replaceAll(found -> {
            String host = found.group(2).toLowerCase(Locale.ROOT);
            boolean byTls = found.group(1).equals("https");
            boolean known = hosts.stream()
                    .anyMatch(one -> byTls
                            ? one.startsWith(BY_TLS) && fits(host, one.substring(BY_TLS.length()))
                            : fits(host, one.startsWith(BY_TLS) ? one.substring(BY_TLS.length()) : one));
            if (known) {
                proxied.add(host);
            }
            return Matcher.quoteReplacement(known ? "http://" + found.group(2) : found.group());
        });
        return new Seen(seen, proxied);
    }

    /** A host with a port stands for itself alone. */
    private static boolean fits(String host, String known) {
        String name = known.replaceFirst(":[0-9]+$", "");
        return host.equals(name) || host.endsWith("." + name);
    }

    /** With its time, by which apt tells whether what it has made of it is still right. */
    private static void copy(Path source, String text, Path copy) throws MachineException {
        try {
            Path directory = copy.getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            if (!Layout.text(copy).equals(Optional.of(text))) {
                DurableFile.write(copy, text);
            }
            Files.setLastModifiedTime(copy, Files.getLastModifiedTime(source));
        } catch (IOException e) {
            throw DurableFile.failure("write " + copy, e);
        }
    }

    private static void removeOthers(Path parts, Set<Path> wanted) throws MachineException {
        if (!Files.isDirectory(parts)) {
            return;
        }
        try (var all = Files.list(parts)) {
            for (Path one : all.toList()) {
                if (!wanted.contains(one)) {
                    DurableFile.delete(one);
                }
            }
        } catch (IOException e) {
            throw DurableFile.failure("write " + parts, e);
        }
    }
}
