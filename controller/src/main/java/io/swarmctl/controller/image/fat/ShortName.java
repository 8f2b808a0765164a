package io.swarmctl.controller.image.fat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** Names in the 8.3 form: eleven bytes, padded with blanks. */
final class ShortName {
    static final int LENGTH = 11;

    private static final int BASE = 8;
    private static final int EXTENSION = 3;
    private static final int SMALL_BASE = 0x08;
    private static final int SMALL_EXTENSION = 0x10;
    private static final String ALLOWED = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'()-@^_`{}~";
    private static final int MOST_NUMBERS = 999_999;

    private ShortName() {}

    /** With its point, as people write it. */
    static String text(byte[] raw) {
        String all = new String(raw, StandardCharsets.ISO_8859_1);
        String base = all.substring(0, BASE).stripTrailing();
        String extension = all.substring(BASE, LENGTH).stripTrailing();
        return extension.isEmpty() ? base : base + "." + extension;
    }

    /** In small letters where the entry says that they are meant, which saves a long name. */
    static String asTyped(byte[] raw, int flags) {
        String text = text(raw);
        int point = text.indexOf('.') < 0 ? text.length() : text.indexOf('.');
        String base = text.substring(0, point);
        String extension = text.substring(point);
        return ((flags & SMALL_BASE) == 0 ? base : base.toLowerCase(Locale.ROOT))
                + ((flags & SMALL_EXTENSION) == 0 ? extension : extension.toLowerCase(Locale.ROOT));
    }

    /**
     * For a new file with that long name: the same in capitals where that is possible, else with a number.
     *
     * @param taken texts of the short names in the directory
     */
    static byte[] make(String longName, Set<String> taken) {
        String capitals = longName.toUpperCase(Locale.ROOT);
        int point = capitals.lastIndexOf('.');
        String base = clean(point > 0 ? capitals.substring(0, point) : capitals);
        String extension = point > 0 ? clean(capitals.substring(point + 1)) : "";
        String whole = extension.isEmpty() ? base : base + "." + extension;
        boolean fits = base.length() <= BASE && extension.length() <= EXTENSION && whole.equals(capitals);
        if (fits && !taken.contains(whole)) {
            return raw(base, extension);
        }
        String shortExtension = extension.substring(0, Math.min(EXTENSION, extension.length()));
        for (int number = 1; number <= MOST_NUMBERS; number++) {
            String tail = "~" + number;
            byte[] raw = raw(base.substring(0, Math.min(base.length(), BASE - tail.length())) + tail, shortExtension);
            if (!taken.contains(text(raw))) {
                return raw;
            }
        }
        throw new IllegalStateException("all short names for " + longName + " are taken");
    }

    private static String clean(String text) {
        StringBuilder clean = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter != ' ' && letter != '.') {
                clean.append(ALLOWED.indexOf(letter) >= 0 ? letter : '_');
            }
        }
        return clean.toString();
    }

    private static byte[] raw(String base, String extension) {
        byte[] raw = new byte[LENGTH];
        Arrays.fill(raw, (byte) ' ');
        byte[] first = base.getBytes(StandardCharsets.US_ASCII);
        byte[] last = extension.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(first, 0, raw, 0, first.length);
        System.arraycopy(last, 0, raw, BASE, last.length);
        return raw;
    }

    /** Ties the parts of a long name to their short one. */
    static int checksum(byte[] raw) {
        int sum = 0;
        for (byte letter : raw) {
            sum = (((sum & 1) << 7) + (sum >> 1) + (letter & 0xff)) & 0xff;
        }
        return sum;
    }
}
