package io.swarmctl.controller.image.fat;

import java.util.ArrayList;
import java.util.List;

/** Long names: up to 255 UTF-16 letters, in parts of 13 that stand before the short name, the last one first. */
final class LongName {
    static final int ATTRIBUTES = 0x0f;

    private static final int PER_PART = 13;
    private static final int LONGEST = 255;
    private static final int LAST_PART = 0x40;
    private static final int[] PLACES = {1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30};
    private static final String FORBIDDEN = "\"*/:<>?\\|";
    private static final int CHECKSUM_AT = 13;

    private LongName() {}

    /** @throws IllegalArgumentException when no file can be called so */
    static void require(String name) {
        boolean bad = name.isEmpty()
                || name.length() > LONGEST
                || name.startsWith(" ")
                || name.endsWith(" ")
                || name.endsWith(".")
                || name.chars().anyMatch(letter -> letter < ' ' || FORBIDDEN.indexOf(letter) >= 0);
        if (bad) {
            throw new IllegalArgumentException("no file on a FAT partition can be called '" + name + "'");
        }
    }

    /** The directory entries of a name, in the order in which they are written. */
    static List<byte[]> parts(String name, int checksum) {
        int count = (name.length() + PER_PART - 1) / PER_PART;
        List<byte[]> parts = new ArrayList<>();
        for (int part = count; part >= 1; part--) {
            byte[] entry = new byte[Directory.ENTRY];
            entry[0] = (byte) (part == count ? part | LAST_PART : part);
            entry[11] = ATTRIBUTES;
            entry[CHECKSUM_AT] = (byte) checksum;
            for (int i = 0; i < PER_PART; i++) {
                int at = (part - 1) * PER_PART + i;
                // After the end comes a zero, and then nothing but ones.
                int letter = at < name.length() ? name.charAt(at) : at == name.length() ? 0 : 0xffff;
                entry[PLACES[i]] = (byte) letter;
                entry[PLACES[i] + 1] = (byte) (letter >> 8);
            }
            parts.add(entry);
        }
        return parts;
    }

    /** Gathers the parts of a name while a directory is read. */
    static final class Reader {
        private String gathered = "";
        private int expected;
        private int checksum;

        void part(byte[] directory, int at) {
            int order = directory[at] & 0xff;
            int sum = directory[at + CHECKSUM_AT] & 0xff;
            if ((order & LAST_PART) != 0) {
                gathered = "";
                checksum = sum;
                expected = order & ~LAST_PART;
            } else if (order != expected || sum != checksum) {
                forget();
                return;
            }
            StringBuilder text = new StringBuilder();
            for (int place : PLACES) {
                char letter = (char) ((directory[at + place] & 0xff) | ((directory[at + place + 1] & 0xff) << 8));
                if (letter == 0) {
                    break;
                }
                text.append(letter);
            }
            gathered = text + gathered;
            expected--;
        }

        /** The name that belongs to this short one; empty when there is none. */
        String take(byte[] shortName) {
            String name = expected == 0 && checksum == ShortName.checksum(shortName) ? gathered : "";
            forget();
            return name;
        }

        void forget() {
            gathered = "";
            expected = -1;
        }
    }
}
