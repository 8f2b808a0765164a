package io.swarmctl.controller.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbered names for people: {@code pi-[001-020]} is twenty of them. Pure. */
public final class NameRanges {
    private static final Pattern NUMBERED = Pattern.compile("(.*?)(\\d{1,9})");
    private static final int MOST_TOLD = 5;

    private NameRanges() {}

    /** Neighbours become ranges. */
    public static List<String> shorten(List<String> sorted) {
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

    /**
     * What helps somebody whose name is unknown: a wrong number is no typing error, so then which numbers there are; else
     * the name that was probably meant; else the other text.
     */
    public static String hint(String unknown, Collection<String> known, String otherwise) {
        List<String> alike = known.stream()
                .filter(name -> differInNumberOnly(unknown, name))
                .sorted()
                .toList();
        if (alike.isEmpty()) {
            return Nearest.didYouMean(unknown, known, otherwise);
        }
        List<String> ranges = shorten(alike);
        return (alike.size() == 1 ? "there is " : "there are ")
                + String.join(", ", ranges.subList(0, Math.min(MOST_TOLD, ranges.size())))
                + (ranges.size() > MOST_TOLD ? ", ..." : "");
    }

    private static boolean differInNumberOnly(String name, String other) {
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
