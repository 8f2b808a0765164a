package io.swarmctl.agent.machine;

import io.swarmctl.common.wire.DockerSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Packages that came with the card, or from the controller, so that Docker can be installed without asking an archive: a
 * directory with apt's index of it. apt compares every file with the index; who wrote the card, or the controller, has
 * compared the index with Debian's signatures.
 */
final class CardPackages {
    private static final String DIRECTORY = "opt/swarmctl/packages";
    private static final String INDEX = DIRECTORY + "/Packages";
    private static final String SOURCES = DIRECTORY + "/apt.list";
    private static final String LISTS = DIRECTORY + "/lists";

    private final Layout layout;

    CardPackages(Layout layout) {
        this.layout = layout;
    }

    /** Whose Docker they are; null when there is none. */
    @Nullable
    DockerSource docker() throws MachineException {
        if (offers("docker-ce")) {
            return DockerSource.REPOSITORY;
        }
        return offers("docker.io") ? DockerSource.DEBIAN : null;
    }

    boolean offers(String name) throws MachineException {
        return layout.text(INDEX).orElse("").lines().anyMatch(line -> line.equals("Package: " + name));
    }

    /** Where they lie; there after the call. */
    Path directory() throws MachineException {
        Path directory = layout.at(DIRECTORY);
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw DurableFile.failure("make " + directory, e);
        }
    }

    /**
     * Makes packages known that lie in the directory.
     *
     * @param index apt's of them
     */
    void complete(String index) throws MachineException {
        DurableFile.write(layout.at(INDEX), index);
    }

    /**
     * Has apt see these packages and no others. What it knows of its usual sources stays as it is.
     *
     * @return the options that do so
     */
    List<String> alone() throws MachineException {
        try {
            Files.createDirectories(layout.at(LISTS + "/partial"));
        } catch (IOException e) {
            throw DurableFile.failure("make " + layout.at(LISTS), e);
        }
        DurableFile.write(layout.at(SOURCES), "deb [trusted=yes] file:" + layout.at(DIRECTORY) + " ./\n");
        return List.of(
                "-oDir::Etc::SourceList=" + layout.at(SOURCES),
                "-oDir::Etc::SourceParts=/dev/null",
                "-oDir::State::Lists=" + layout.at(LISTS),
                "-oDir::Cache::pkgcache=",
                "-oDir::Cache::srcpkgcache=",
                "-oAPT::Sandbox::User=root",
                "-oAcquire::Languages=none");
    }

    /** To be called when no package is half installed any more. */
    void removeOnceServed() throws MachineException {
        if (docker() != null && (layout.exists("usr/sbin/dockerd") || layout.exists("usr/bin/dockerd"))) {
            remove();
        }
    }

    /** They have served, or are of no use; without them everything comes from the network. */
    void remove() throws MachineException {
        // First what makes them known: half removed they would be of no use.
        DurableFile.delete(layout.at(INDEX));
        for (String directory : List.of(LISTS + "/partial", LISTS + "/auxfiles", LISTS, DIRECTORY)) {
            for (Path file : layout.entries(directory)) {
                DurableFile.delete(file);
            }
            DurableFile.delete(layout.at(directory));
        }
    }
}
