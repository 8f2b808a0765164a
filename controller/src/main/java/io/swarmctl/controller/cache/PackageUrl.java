package io.swarmctl.controller.cache;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a file in a package archive.
 *
 * @param tls whether it is asked for by HTTPS
 * @param host in lower case
 * @param path as it is sent, from the slash on
 */
public record PackageUrl(boolean tls, String host, int port, String path) {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int LAST_PORT = 65_535;
    private static final Pattern FORM = Pattern.compile(
            "(?i:(http|https))://([0-9A-Za-z](?:[0-9A-Za-z.-]{0,251}[0-9A-Za-z])?)(?::([0-9]{1,5}))?(/[!-~]{0,2000})");

    /** What has a query is made for one reader, and a step up leads who knows where. */
    private static final Pattern NOT_OURS = Pattern.compile(".*([?#\\\\]|/\\.\\.?(/|$)|%2[eE]%2[eE]).*");

    private static final Pattern BY_HASH = Pattern.compile(".*/by-hash/([0-9A-Za-z]+)/([0-9a-f]{32,128})");
    private static final Pattern PACKAGE = Pattern.compile(".*\\.u?deb");
    private static final Pattern OF_POOL = Pattern.compile(".*/pool/.*[^/]");
    private static final int SHA256_DIGITS = 64;

    /** Of what a client sent; empty when it is no address that this cache could ask. */
    public static Optional<PackageUrl> parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches() || NOT_OURS.matcher(parts.group(4)).matches()) {
            return Optional.empty();
        }
        boolean tls = parts.group(1).equalsIgnoreCase("https");
        int port = parts.group(3) == null ? usualPort(tls) : Integer.parseInt(parts.group(3));
        return port < 1 || port > LAST_PORT
                ? Optional.empty()
                : Optional.of(new PackageUrl(tls, parts.group(2).toLowerCase(Locale.ROOT), port, parts.group(4)));
    }

    /** Where this one's server sends on to; empty when that is no address that this cache could ask. */
    Optional<PackageUrl> redirectedTo(String location) {
        try {
            return parse(new URI(toString()).resolve(location).toString());
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    PackageUrl byTls() {
        return new PackageUrl(true, host, port == HTTP_PORT ? HTTPS_PORT : port, path);
    }

    boolean hasUsualPort() {
        return port == usualPort(tls);
    }

    /** Whether what is there never changes: a package, or what is named after its checksum. */
    boolean isImmutable() {
        return PACKAGE.matcher(path).matches()
                || OF_POOL.matcher(path).matches()
                || BY_HASH.matcher(path).matches();
    }

    boolean isPackage() {
        return PACKAGE.matcher(path).matches();
    }

    /** In hexadecimal digits, where the name tells it. */
    Optional<String> sha256() {
        Matcher named = BY_HASH.matcher(path);
        return named.matches()
                        && named.group(1).equals("SHA256")
                        && named.group(2).length() == SHA256_DIGITS
                ? Optional.of(named.group(2))
                : Optional.empty();
    }

    /** The name of its files in the cache. */
    String key() {
        try {
            byte[] text = toString().getBytes(StandardCharsets.US_ASCII);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text), 0, 20);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** As in the header of a request. */
    String authority() {
        return hasUsualPort() ? host : host + ":" + port;
    }

    @Override
    public String toString() {
        return (tls ? "https://" : "http://") + authority() + path;
    }

    private static int usualPort(boolean tls) {
        return tls ? HTTPS_PORT : HTTP_PORT;
    }
}
