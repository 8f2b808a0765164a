package io.swarmctl.controller.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of nodes as typed: {@code pi-[001-020]} is twenty of them. */
final class NodeNames {
    private static final Pattern RANGE = Pattern.compile("([^\\[\\]]*)\\[(\\d{1,9})-(\\d{1,9})]([^\\[\\]]*)");
    private static final Pattern SPECIAL = Pattern.compile("[\\[\\]*?{}]");
    private static final int MOST = 2000;

    private NodeNames() {}

    static List<String> expand(List<String> typed) throws CliException {
        List<String> names = new ArrayList<>();
        for (String name : typed) {
            Matcher range = RANGE.matcher(name);
            if (!range.matches()) {
                requirePlain(name);
                names.add(name);
                continue;
            }
            int from = Integer.parseInt(range.group(2));
            int to = Integer.parseInt(range.group(3));
            if (to < from || to - from >= MOST) {
                throw CliException.usage(
                        "'" + name + "' is no range of nodes", "write the smaller number first, as pi-[001-020]");
            }
            String format = "%s%0" + range.group(2).length() + "d%s";
            for (int number = from; number <= to; number++) {
                names.add(String.format(format, range.group(1), number, range.group(4)));
            }
        }
        return names;
    }

    private static void requirePlain(String name) throws CliException {
        if (SPECIAL.matcher(name).find()) {
            throw CliException.usage(
                    "'" + name + "' is neither a node's name nor a range of them",
                    "write a range as pi-[001-020], or select with -l, --state or --all");
        }
    }
}
