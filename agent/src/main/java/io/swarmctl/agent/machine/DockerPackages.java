package io.swarmctl.agent.machine;

import io.swarmctl.common.wire.DockerSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Installs the Docker engine. One that works already is kept, wherever it came from. */
final class DockerPackages {
    private static final Pattern NAMED_WITH_ARCHITECTURE = Pattern.compile(".*_([a-z0-9-]+)\\.deb");

    private final Layout layout;
    private final Apt apt;
    private final OperatingSystem system;
    private final DockerEngine engine;
    private final CardPackages card;

    DockerPackages(Layout layout, Apt apt, OperatingSystem system, DockerEngine engine) {
        this.layout = layout;
        this.apt = apt;
        this.system = system;
        this.engine = engine;
        this.card = new CardPackages(layout);
    }

    void addRepository(String location, Output output) throws MachineException {
        new DockerRepository(layout).add(location, system.codename(), system.architecture(), output);
    }

    void install(DockerSource source, String location, Output output) throws MachineException {
        if (engine.version().isPresent()) {
            output.line(
                    "kept the Docker engine that is there: " + engine.version().orElse(""));
            return;
        }
        if (card.docker() == source) {
            apt.install(names(source, card::offers), card, output);
            card.remove();
            return;
        }
        switch (source) {
            case DEBIAN, REPOSITORY -> apt.install(names(source, apt::offers), output);
            case DIRECTORY -> apt.installFiles(filesIn(location), output);
        }
    }

    /** Tells what there is to install. */
    @FunctionalInterface
    private interface Offer {
        boolean has(String name) throws MachineException;
    }

    private List<String> names(DockerSource source, Offer offer) throws MachineException {
        return source == DockerSource.DEBIAN
                ? withCompanions(List.of("docker.io"), List.of("docker-cli"), offer)
                : withCompanions(
                        List.of("docker-ce", "docker-ce-cli", "containerd.io"),
                        List.of("docker-buildx-plugin", "docker-compose-plugin"),
                        offer);
    }

    /** What Docker needs beside its own packages, which name it only as recommended. */
    private List<String> withCompanions(List<String> needed, List<String> whereOffered, Offer offer)
            throws MachineException {
        List<String> packages = new ArrayList<>(needed);
        for (String name : whereOffered) {
            if (offer.has(name)) {
                packages.add(name);
            }
        }
        if (!layout.exists("usr/sbin/update-ca-certificates")) {
            packages.add("ca-certificates");
        }
        boolean hasAppArmor =
                layout.text("sys/module/apparmor/parameters/enabled").orElse("").startsWith("Y");
        if (hasAppArmor && !layout.exists("usr/sbin/apparmor_parser") && !layout.exists("sbin/apparmor_parser")) {
            packages.add("apparmor");
        }
        return packages;
    }

    private List<String> filesIn(String directory) throws MachineException {
        String architecture = system.architecture();
        List<String> files = layout.entries(directory).stream()
                .map(Path::toString)
                .filter(file -> file.endsWith(".deb") && isFor(architecture, file))
                .toList();
        if (files.isEmpty()) {
            throw new MachineException(
                    "there are no .deb files for " + architecture + " in " + directory,
                    "put Docker's packages there, or choose another Docker source in the fleet's policy",
                    false,
                    null);
        }
        return files;
    }

    private static boolean isFor(String architecture, String file) {
        var named = NAMED_WITH_ARCHITECTURE.matcher(file);
        return !named.matches()
                || named.group(1).equals(architecture)
                || named.group(1).equals("all");
    }
}
