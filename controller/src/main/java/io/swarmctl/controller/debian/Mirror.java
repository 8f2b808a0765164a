package io.swarmctl.controller.debian;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** Fetches files by HTTP. What it gives is only what was asked for: of that size and with that checksum. */
final class Mirror {
    private static final int CONNECT_MILLIS = 20_000;
    private static final int READ_MILLIS = 30_000;
    private static final int TRIES = 3;
    private static final int BUFFER = 64 * 1024;

    /** Where a file goes; made anew for each try. */
    @FunctionalInterface
    interface Sink {
        OutputStream open() throws IOException;
    }

    /** Is told how many bytes of a file are there. */
    @FunctionalInterface
    interface Watcher {
        void have(long bytes);
    }

    /** The server has no such file. */
    private static final class NotThere extends IOException {
        NotThere(int status) {
            super("the server answers " + status);
        }
    }

    /** A file whose checksum is not known yet. */
    byte[] fetch(String address, int most) throws DebianException {
        return retried(address, () -> {
            HttpURLConnection connection = open(address);
            try (InputStream in = connection.getInputStream()) {
                byte[] content = in.readNBytes(most + 1);
                if (content.length > most) {
                    throw new IOException("it is longer than " + most + " bytes");
                }
                return content;
            } finally {
                connection.disconnect();
            }
        });
    }

    /** A file that is known; what lies in the sink afterwards is that, or the call fails. */
    void fetch(String address, Release.Listed wanted, Sink sink, Watcher watcher) throws DebianException {
        retried(address, () -> {
            MessageDigest sum = sha256();
            HttpURLConnection connection = open(address);
            try (InputStream in = connection.getInputStream();
                    OutputStream out = new Summing(sink.open(), sum)) {
                copy(in, out, wanted.size(), watcher);
            } finally {
                connection.disconnect();
            }
            if (!HexFormat.of().formatHex(sum.digest()).equals(wanted.sha256())) {
                throw new IOException("its checksum is wrong");
            }
            return address;
        });
    }

    private static void copy(InputStream in, OutputStream out, long size, Watcher watcher) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long have = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            have += read;
            if (have > size) {
                break;
            }
            out.write(buffer, 0, read);
            watcher.have(have);
        }
        if (have != size) {
            throw new IOException("it has " + (have > size ? "more than " : have + " of ") + size + " bytes");
        }
    }

    @FunctionalInterface
    private interface Attempt<T> {
        T make() throws IOException;
    }

    private static <T> T retried(String address, Attempt<T> attempt) throws DebianException {
        IOException last = new IOException("not tried");
        for (int i = 0; i < TRIES; i++) {
            try {
                return attempt.make();
            } catch (NotThere e) {
                throw new DebianException.MissingException(failure(address, e));
            } catch (IOException e) {
                last = e;
            }
        }
        throw failure(address, last);
    }

    private static DebianException failure(String address, IOException cause) {
        String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new DebianException(
                "cannot fetch " + address + ": " + why,
                "check the network; another mirror: --mirror URL, --security-mirror URL",
                cause);
    }

    private static HttpURLConnection open(String address) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(address).toURL().openConnection();
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        int status = connection.getResponseCode();
        if (status >= 400 && status < 500) {
            throw new NotThere(status);
        }
        if (status != HttpURLConnection.HTTP_OK) {
            throw new IOException("the server answers " + status);
        }
        return connection;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has it", e);
        }
    }

    /** @throws DebianException when it is nothing that can be fetched from */
    static String requireAddress(String address) throws DebianException {
        String plain = address.replaceAll("/+$", "");
        if (!plain.toLowerCase(Locale.ROOT).matches("https?://[a-z0-9.\\[\\]:-]+(/[!-~]*)?")) {
            throw new DebianException("'" + address + "' is no mirror", "write it as http://deb.debian.org/debian");
        }
        return plain;
    }

    /** Sums up what passes. */
    private static final class Summing extends FilterOutputStream {
        private final MessageDigest sum;

        Summing(OutputStream out, MessageDigest sum) {
            super(out);
            this.sum = sum;
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            out.write(bytes, offset, count);
            sum.update(bytes, offset, count);
        }
    }
}
