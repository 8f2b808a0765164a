package io.swarmctl.controller.gateway;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What apt asks of a proxy: HTTP/1.1 without a content.
 *
 * @param whole whether the content is asked for, and not only what is said of it
 * @param target as it was sent: an address, or a path for something of the cache's own
 * @param headers by name, in lower case
 */
record PackageRequest(boolean whole, String target, Map<String, String> headers) {
    /** In bytes, with the empty line at its end. */
    static final int LONGEST = 8 * 1024;

    private static final int MOST_HEADERS = 40;
    private static final Pattern LINE = Pattern.compile("(GET|HEAD) ([!-~]{1,4000}) HTTP/1\\.1");
    private static final Pattern HEADER =
            Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]{1,60}):[ \t]*([ -~]{0,2000}?)[ \t]*");

    PackageRequest {
        headers = Map.copyOf(headers);
    }

    /** Of a head without the empty line at its end; empty when apt would not have sent it. */
    static Optional<PackageRequest> parse(String head) {
        String[] lines = head.split("\r\n", -1);
        Matcher line = LINE.matcher(lines[0]);
        if (!line.matches() || lines.length > MOST_HEADERS) {
            return Optional.empty();
        }
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            Matcher header = HEADER.matcher(lines[i]);
            if (!header.matches() || headers.put(header.group(1).toLowerCase(Locale.ROOT), header.group(2)) != null) {
                return Optional.empty();
            }
        }
        boolean hasContent = headers.containsKey("transfer-encoding")
                || !headers.getOrDefault("content-length", "0").equals("0");
        return hasContent
                ? Optional.empty()
                : Optional.of(new PackageRequest(line.group(1).equals("GET"), line.group(2), headers));
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** Whether what is kept is not to be trusted. */
    boolean anew() {
        return header("cache-control").contains("no-cache");
    }

    boolean isLast() {
        return header("connection").equalsIgnoreCase("close");
    }
}
