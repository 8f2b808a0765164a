package io.swarmctl.controller.debian;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.swarmctl.controller.deb.DebFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.crypto.generators.Ed25519KeyPairGenerator;
import org.bouncycastle.crypto.params.Ed25519KeyGenerationParameters;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPair;

/** A small archive of Debian's form on this machine, signed with a key of its own, and what was asked of it. */
public final class TestArchive implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'UTC'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private final HttpServer server;
    private final BcPGPKeyPair key;
    private final Map<String, byte[]> files = Collections.synchronizedMap(new TreeMap<>());
    final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    private final Instant now;
    Instant validUntil;
    String codename = "bookworm";
    boolean byHash = true;

    /** @param now what time it is for who asks */
    public TestArchive(Instant now) throws IOException, PGPException {
        this.now = now;
        this.validUntil = now.plusSeconds(86_400);
        Ed25519KeyPairGenerator generator = new Ed25519KeyPairGenerator();
        generator.init(new Ed25519KeyGenerationParameters(new SecureRandom()));
        key = new BcPGPKeyPair(
                PublicKeyPacket.VERSION_4,
                PublicKeyAlgorithmTags.EDDSA_LEGACY,
                generator.generateKeyPair(),
                Date.from(now.minusSeconds(86_400)));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.add(path);
        byte[] content = files.get(path);
        exchange.sendResponseHeaders(content == null ? 404 : 200, content == null ? -1 : content.length);
        if (content != null && content.length > 0) {
            exchange.getResponseBody().write(content);
        }
        exchange.close();
    }

    public Mirrors mirrors() {
        String address = "http://localhost:" + server.getAddress().getPort();
        return new Mirrors(address + "/debian", address + "/debian-security");
    }

    public ArchiveKeys keys(Path file) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        key.getPublicKey().encode(out);
        Files.write(file, out.toByteArray());
        return ArchiveKeys.of(file);
    }

    /** What Docker is made of here: package names with their versions. */
    public void publish(Map<String, String> packages) throws Exception {
        StringBuilder index = new StringBuilder();
        for (Map.Entry<String, String> one : packages.entrySet()) {
            byte[] content = deb(one.getKey(), one.getValue());
            String path = "pool/main/" + one.getKey() + "_" + one.getValue() + "_arm64.deb";
            files.put("/debian/" + path, content);
            index.append("Package: ").append(one.getKey()).append("\nVersion: ").append(one.getValue());
            if (one.getKey().equals("docker.io")) {
                index.append("\nDepends: containerd");
            }
            index.append("\nDescription: a package\n of many words\nFilename: ").append(path);
            index.append("\nSize: ").append(content.length);
            index.append("\nSHA256: ").append(sum(content)).append("\n\n");
        }
        suite("debian", codename, index.toString());
        suite("debian", codename + "-updates", "");
        suite("debian-security", codename + "-security", "");
    }

    private static byte[] deb(String name, String version) throws IOException {
        Path file = Files.createTempFile(name, ".deb");
        DebFile.Control control = new DebFile.Control(name, version, "arm64", "content of " + name + " " + version);
        DebFile.write(file, control, 0, tar -> {});
        byte[] content = Files.readAllBytes(file);
        Files.delete(file);
        return content;
    }

    private void suite(String archive, String suite, String index) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(index.getBytes(StandardCharsets.UTF_8));
        }
        byte[] packed = out.toByteArray();
        String directory = "/" + archive + "/dists/" + suite.replace(codename, "bookworm");
        files.put(directory + "/main/binary-arm64/Packages.gz", packed);
        if (byHash) {
            files.put(directory + "/main/binary-arm64/by-hash/SHA256/" + sum(packed), packed);
        }
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Codename", suite);
        fields.put("Date", DATE.format(now.minusSeconds(3600)));
        fields.put("Valid-Until", DATE.format(validUntil));
        fields.put("Acquire-By-Hash", "yes");
        StringBuilder text = new StringBuilder();
        fields.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append('\n'));
        text.append("SHA256:\n ").append(sum(packed)).append(' ').append(packed.length);
        text.append(" main/binary-arm64/Packages.gz\n");
        files.put(directory + "/InRelease", signed(text.toString()));
    }

    /** As gpg --clearsign does. */
    private byte[] signed(String text) throws Exception {
        PGPSignatureGenerator generator = new PGPSignatureGenerator(
                new BcPGPContentSignerBuilder(PublicKeyAlgorithmTags.EDDSA_LEGACY, HashAlgorithmTags.SHA512),
                key.getPublicKey());
        generator.init(PGPSignature.CANONICAL_TEXT_DOCUMENT, key.getPrivateKey());
        generator.update(text.strip().replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n".getBytes(StandardCharsets.UTF_8));
        out.write(text.getBytes(StandardCharsets.UTF_8));
        try (ArmoredOutputStream armoured = new ArmoredOutputStream(out)) {
            generator.generate().encode(armoured);
        }
        return out.toByteArray();
    }

    /** Somebody on the way changes a file. */
    void alter(String path, String text, String other) {
        byte[] content = files.get(path);
        files.put(
                path,
                new String(content, StandardCharsets.ISO_8859_1)
                        .replace(text, other)
                        .getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String sum(byte[] content) {
        return HexFormat.of().formatHex(Mirror.sha256().digest(content));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
