package io.swarmctl.controller.debian;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads an archive's index of packages. Keeps what dependencies and files are found by, a tenth of it. */
final class PackageList {
    private static final Set<String> KEPT = Set.of(
            "Package",
            "Version",
            "Architecture",
            "Multi-Arch",
            "Essential",
            "Priority",
            "Pre-Depends",
            "Depends",
            "Provides",
            "Conflicts",
            "Breaks",
            "Replaces",
            "Filename",
            "Size",
            "SHA256");

    private PackageList() {}

    static List<DebianPackage> read(String archive, BufferedReader index) throws IOException, DebianException {
        List<DebianPackage> packages = new ArrayList<>();
        StringBuilder fields = new StringBuilder();
        for (String line = index.readLine(); line != null; line = index.readLine()) {
            if (line.isEmpty()) {
                add(archive, fields, packages);
                fields.setLength(0);
            } else {
                int colon = line.indexOf(':');
                // Lines that go on with a field begin with a space; of those that are kept none does.
                if (colon > 0 && KEPT.contains(line.substring(0, colon))) {
                    fields.append(line, 0, colon)
                            .append(": ")
                            .append(line.substring(colon + 1).strip())
                            .append('\n');
                }
            }
        }
        add(archive, fields, packages);
        return packages;
    }

    private static void add(String archive, StringBuilder fields, List<DebianPackage> packages) throws DebianException {
        if (!fields.isEmpty()) {
            packages.add(DebianPackage.of(archive, fields.toString()));
        }
    }
}
