package io.swarmctl.controller.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of nodes as typed: {@code pi-[001-020]} is twenty of them. */
final class NodeNames {
    private static final Pattern RANGE = Pattern.compile("([^\\[\\]]*)\\[(\\d{1,9})-(\\d{1,9})]([^\\[\\]]*)");
    private static final Pattern NUMBERED = Pattern.compile("(.*?)(\\d{1,9})");
    private static final int MOST = 2000;

    private NodeNames() {}

    static List<String> expand(List<String> typed) throws CliException {
        List<String> names = new ArrayList<>();
        for (String name : typed) {
            Matcher range = RANGE.matcher(name);
            if (!range.matches()) {
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

    /** The other way round: neighbours become ranges. */
    static List<String> shorten(List<String> sorted) {
        List<String> shortened = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= sorted.size(); i++) {
            if (i == sorted.size() || !isNext(sorted.get(i - 1), sorted.get(i))) {
                shortened.add(i - from < 2 ? sorted.get(from) : range(sorted.get(from), sorted.get(i - 1)));
                from = i;
            }
        }
        return shortened;
    }

    /** Whether two names differ in nothing but the number at their end. */
    static boolean isSameButNumber(String name, String other) {
        Matcher one = NUMBERED.matcher(name);
        Matcher two = NUMBERED.matcher(other);
        return one.matches() && two.matches() && one.group(1).equals(two.group(1));
    }

    private static boolean isNext(String name, String other) {
        Matcher one = NUMBERED.matcher(name);
        Matcher two = NUMBERED.matcher(other);
        return one.matches()
                && two.matches()
                && one.group(1).equals(two.group(1))
                && one.group(2).length() == two.group(2).length()
                && Integer.parseInt(one.group(2)) + 1 == Integer.parseInt(two.group(2));
    }

    private static String range(String first, String last) {
        Matcher from = NUMBERED.matcher(first);
        Matcher to = NUMBERED.matcher(last);
        return from.matches() && to.matches() ? from.group(1) + "[" + from.group(2) + "-" + to.group(2) + "]" : first;
    }
}
