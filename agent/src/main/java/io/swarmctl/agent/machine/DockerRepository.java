package io.swarmctl.agent.machine;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;

/** The apt repository that Docker comes from: its key in apt's keyrings, and its entry among the sources. */
final class DockerRepository {
    private static final String KEYRING = "etc/apt/keyrings/docker.asc";
    private static final String SOURCES = "etc/apt/sources.list.d/docker.sources";
    private static final Pattern LOCATION = Pattern.compile("https?://[!-~]+");
    private static final String KEY_BEGINS = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
    private static final int LONGEST_KEY = 256 * 1024;
    private static final int TIMEOUT_MILLIS = 20_000;
    private static final int TRIES = 3;

    private final Layout layout;

    DockerRepository(Layout layout) {
        this.layout = layout;
    }

    /** The base address of the repository that is set up, empty when none is, or its key is missing. */
    String location() throws MachineException {
        if (!layout.exists(KEYRING)) {
            return "";
        }
        return layout.text(SOURCES)
                .orElse("")
                .lines()
                .filter(line -> line.startsWith("URIs:"))
                .map(line -> line.substring("URIs:".length()).strip())
                .findFirst()
                .orElse("");
    }

    void add(String location, String codename, String architecture, Output output) throws MachineException {
        if (!LOCATION.matcher(location).matches()) {
            throw new MachineException(
                    "'" + location + "' is not the address of a repository",
                    "correct the Docker source in the fleet's policy",
                    false,
                    null);
        }
        String key = fetchKey(location, output);
        DurableFile.write(layout.at(KEYRING), key);
        DurableFile.write(
                layout.at(SOURCES),
                String.join(
                        "\n",
                        "Types: deb",
                        "URIs: " + location,
                        "Suites: " + codename,
                        "Components: stable",
                        "Architectures: " + architecture,
                        "Signed-By: /" + KEYRING,
                        ""));
        output.line("added " + location + " for " + codename + " " + architecture);
    }

    private String fetchKey(String location, Output output) throws MachineException {
        String address = location.replaceAll("/+$", "") + "/gpg";
        IOException last = new IOException("not tried");
        for (int i = 0; i < TRIES; i++) {
            try {
                return requireKey(fetch(address), address);
            } catch (IOException e) {
                output.line("cannot fetch " + address + ": " + e.getMessage());
                last = e;
            }
        }
        throw new MachineException(
                "cannot fetch the repository's key " + address + ": " + last.getMessage(), remedy(last), true, last);
    }

    private String fetch(String address) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(address).toURL().openConnection();
        if (connection instanceof HttpsURLConnection secure) {
            secure.setSSLSocketFactory(new SystemTrust(layout).context().getSocketFactory());
        }
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        try {
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                throw new IOException("the server answers " + connection.getResponseCode());
            }
            try (InputStream stream = connection.getInputStream()) {
                byte[] content = stream.readNBytes(LONGEST_KEY + 1);
                if (content.length > LONGEST_KEY) {
                    throw new IOException("it is longer than any key");
                }
                return new String(content, StandardCharsets.US_ASCII);
            }
        } finally {
            connection.disconnect();
        }
    }

    private static String requireKey(String content, String address) throws MachineException {
        if (!content.stripLeading().startsWith(KEY_BEGINS)) {
            throw new MachineException(
                    "what " + address + " gives is not a key",
                    "check the repository's address; a network with a login page also answers in its own way",
                    true,
                    null);
        }
        return content.stripLeading();
    }

    private static String remedy(IOException cause) {
        if (cause instanceof UnknownHostException) {
            return "check the node's network and its name server; the agent tries again";
        }
        if (cause instanceof SSLException) {
            return "check the node's clock and the repository's certificate; the agent tries again";
        }
        return "check the repository's address and the node's way to it; the agent tries again";
    }
}
