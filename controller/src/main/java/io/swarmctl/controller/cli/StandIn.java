package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.NodeView;
import io.swarmctl.controller.api.view.NodesView;
import io.swarmctl.controller.api.view.StatusView;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** Answers on this machine's loopback as a controller with one node would, for the length of a rehearsal. */
final class StandIn implements AutoCloseable {
    /** Protects nothing: the key lives as long as the rehearsal, and nobody but it trusts the certificate. */
    private static final char[] PASSWORD = "rehearsal".toCharArray();

    private final SSLServerSocket socket;
    private final Context context;
    private final Thread thread = new Thread(this::serve, "stand-in");

    private StandIn(SSLServerSocket socket, String certificate) {
        this.socket = socket;
        this.context = new Context("rehearsal", "https://localhost:" + socket.getLocalPort(), certificate, "none");
    }

    /**
     * @param keyStore with one key, and its certificate's chain up to the CA
     * @throws CliException when it is none
     */
    static StandIn with(Path keyStore) throws IOException, CliException {
        try (InputStream in = Files.newInputStream(keyStore)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD);
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(store, PASSWORD);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(keys.getKeyManagers(), null, null);
            SSLServerSocket socket = (SSLServerSocket)
                    tls.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
            Certificate[] chain = store.getCertificateChain(store.aliases().nextElement());
            StandIn standIn = new StandIn(socket, pem(chain[chain.length - 1].getEncoded()));
            standIn.thread.setDaemon(true);
            standIn.thread.start();
            return standIn;
        } catch (GeneralSecurityException e) {
            throw new CliException(keyStore + " is no key store", "make it with keytool", e);
        }
    }

    private static String pem(byte[] certificate) {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate)
                + "\n-----END CERTIFICATE-----\n";
    }

    Context context() {
        return context;
    }

    private void serve() {
        boolean open = true;
        while (open) {
            try (Socket caller = socket.accept()) {
                answer(caller);
            } catch (IOException e) {
                // A caller that hangs up is no reason to end; being closed is.
                open = !socket.isClosed();
            }
        }
    }

    private static void answer(Socket caller) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(caller.getInputStream(), StandardCharsets.UTF_8));
        String request = in.readLine();
        // Nothing else in the head of the request matters.
        String line = in.readLine();
        while (line != null && !line.isEmpty()) {
            line = in.readLine();
        }
        boolean nodes = request != null && request.contains("/nodes");
        byte[] body = (nodes ? nodes() : status()).getBytes(StandardCharsets.UTF_8);
        OutputStream out = caller.getOutputStream();
        out.write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length
                        + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        out.write(body);
        out.flush();
    }

    private static String nodes() {
        return Api.write(new NodesView(Instant.EPOCH, List.of(node())), NodesView.class);
    }

    private static String status() {
        StatusView.SwarmView swarm =
                new StatusView.SwarmView("pi-001", "cluster", 1, 0, 1, 1, 0, 0, "pi-001", 0, Instant.EPOCH, 1L);
        return Api.write(
                new StatusView(
                        Instant.EPOCH,
                        "",
                        "fleet",
                        false,
                        1,
                        0,
                        Map.of("failed", 1),
                        swarm,
                        null,
                        List.of(node()),
                        List.of()),
                StatusView.class);
    }

    private static NodeView node() {
        return new NodeView(
                "1",
                "pi-001",
                "Raspberry Pi 3 Model B Plus Rev 1.3",
                1L << 30,
                "manager",
                "failed",
                "install Docker: failed",
                "see its last lines",
                true,
                "10.0.0.1",
                "manager",
                1,
                "0",
                Map.of("rack", "a"),
                Instant.EPOCH,
                200,
                null,
                null,
                Instant.EPOCH,
                1L);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
