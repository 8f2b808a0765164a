package io.swarmctl.controller.debian;

import java.util.Comparator;

/**
 * A package's version, ordered as dpkg orders them (deb-version(7)).
 *
 * @param text {@code [epoch:]upstream[-revision]}
 */
record DebianVersion(String text) implements Comparable<DebianVersion> {
    private static final Comparator<DebianVersion> ORDER = Comparator.comparing(
                    DebianVersion::epoch, DebianVersion::compareParts)
            .thenComparing(DebianVersion::upstream, DebianVersion::compareParts)
            .thenComparing(DebianVersion::revision, DebianVersion::compareParts);

    private String epoch() {
        int colon = text.indexOf(':');
        return colon < 0 ? "0" : text.substring(0, colon);
    }

    private String upstream() {
        String rest = text.substring(text.indexOf(':') + 1);
        int dash = rest.lastIndexOf('-');
        return dash < 0 ? rest : rest.substring(0, dash);
    }

    private String revision() {
        int dash = text.lastIndexOf('-');
        return dash < 0 ? "" : text.substring(dash + 1);
    }

    @Override
    public int compareTo(DebianVersion other) {
        return ORDER.compare(this, other);
    }

    /** Turn by turn: what is no digit by its letters, digits by their number. */
    private static int compareParts(String one, String other) {
        int i = 0;
        int j = 0;
        while (i < one.length() || j < other.length()) {
            while (isLetter(one, i) || isLetter(other, j)) {
                int difference = weight(one, i) - weight(other, j);
                if (difference != 0) {
                    return difference;
                }
                i++;
                j++;
            }
            int endOfOne = endOfNumber(one, i);
            int endOfOther = endOfNumber(other, j);
            int difference = compareNumbers(one.substring(i, endOfOne), other.substring(j, endOfOther));
            if (difference != 0) {
                return difference;
            }
            i = endOfOne;
            j = endOfOther;
        }
        return 0;
    }

    private static boolean isLetter(String text, int at) {
        return at < text.length() && !isDigit(text.charAt(at));
    }

    private static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9';
    }

    /** A tilde comes before everything, even before the end; letters come before other signs. */
    private static int weight(String text, int at) {
        if (!isLetter(text, at)) {
            return 0;
        }
        char letter = text.charAt(at);
        boolean alphabetic = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
        return letter == '~' ? -1 : alphabetic ? letter : letter + 256;
    }

    private static int endOfNumber(String text, int from) {
        int end = from;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** However long they are. */
    private static int compareNumbers(String one, String other) {
        String first = one.replaceFirst("^0+", "");
        String second = other.replaceFirst("^0+", "");
        return first.length() != second.length() ? first.length() - second.length() : first.compareTo(second);
    }

    @Override
    public String toString() {
        return text;
    }
}
