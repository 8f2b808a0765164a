package io.swarmctl.controller.debian;

import io.swarmctl.controller.image.card.DockerManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A package in an archive, as the archive's index describes it.
 *
 * @param archive the address of that archive
 * @param text its entry in the index, a field on each line, as far as packages are found and installed by them; kept as
 *     it is, for an archive has 60,000
 */
record DebianPackage(String archive, String text) {
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.+~_%-]*\\.deb");
    private static final Pattern SIZE = Pattern.compile("[0-9]{1,10}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** @throws DebianException when the entry lacks something, or could lead out of the directory */
    static DebianPackage of(String archive, String text) throws DebianException {
        DebianPackage result = new DebianPackage(archive, text);
        boolean sound = !result.name().isEmpty()
                && !result.field("Version").isEmpty()
                && SIZE.matcher(result.field("Size")).matches()
                && SHA256.matcher(result.sha256()).matches()
                && FILE_NAME.matcher(result.fileName()).matches();
        if (!sound) {
            throw new DebianException(
                    "the archive's index has an entry that cannot be used: " + result.name(),
                    "try another mirror: --mirror URL");
        }
        return result;
    }

    private String field(String name) {
        int begin = text.startsWith(name + ": ") ? 0 : text.indexOf("\n" + name + ": ") + 1;
        if (begin == 0 && !text.startsWith(name + ": ")) {
            return "";
        }
        return text.substring(begin + name.length() + 2, text.indexOf('\n', begin));
    }

    String name() {
        return field("Package");
    }

    DebianVersion version() {
        return new DebianVersion(field("Version"));
    }

    String address() {
        return archive + "/" + path();
    }

    /** Where it lies, from the archive's root. */
    private String path() {
        return field("Filename");
    }

    String fileName() {
        return path().substring(path().lastIndexOf('/') + 1);
    }

    /** In bytes. */
    long size() {
        return Long.parseLong(field("Size"));
    }

    String sha256() {
        return field("SHA256");
    }

    /** Whether no Debian is without it. */
    boolean isRequired() {
        return field("Priority").equals("required") || field("Essential").equals("yes");
    }

    List<List<Relation>> needs() {
        List<List<Relation>> all = new ArrayList<>(Relation.parse(field("Pre-Depends")));
        all.addAll(Relation.parse(field("Depends")));
        return all;
    }

    List<Relation> provides() {
        return Relation.parse(field("Provides")).stream().map(any -> any.get(0)).toList();
    }

    /** Its entry in an index of a directory where that file lies beside the index. */
    String entry(DockerManifest.File file) {
        return text.replace("\nFilename: " + path() + "\n", "\nFilename: ./" + file.name() + "\n")
                .replace("\nSize: " + size() + "\n", "\nSize: " + file.size() + "\n")
                .replace("\nSHA256: " + sha256() + "\n", "\nSHA256: " + file.sha256() + "\n");
    }
}
