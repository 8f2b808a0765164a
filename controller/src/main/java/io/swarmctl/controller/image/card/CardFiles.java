package io.swarmctl.controller.image.card;

import io.swarmctl.common.trust.Certificates;
import io.swarmctl.common.trust.TrustException;
import io.swarmctl.common.wire.WireJson;
import io.swarmctl.controller.deb.DebFile;
import io.swarmctl.controller.deb.TarWriter;
import io.swarmctl.controller.image.base.BaseSystem;
import io.swarmctl.controller.image.disk.ImageException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The files that are put onto the boot partition. */
public final class CardFiles {
    public static final String SCRIPT = "swarmctl-firstrun.sh";
    /** What it is, and how it is unpacked: decisions/0016. */
    public static final String PAYLOAD = "swarmctl-payload.deb";

    /** Apart from the payload, so that it can be overwritten quickly once it is installed. */
    public static final String SECRETS = "swarmctl-secrets.tar";

    public static final String INFO = "swarmctl-image.json";

    /**
     * Long ago: what a Pi writes is newer, even while it does not know the time. The class-data archive knows the agent's
     * jar by it.
     */
    private static final long SECONDS = 1_577_836_800;

    /** Taken away again by the script. */
    private static final String USER = "opt/swarmctl/user/";

    private static final int PLAIN = 0644;
    private static final int SECRET = 0600;

    private final CardKit kit;
    private final CardSettings settings;

    public CardFiles(CardKit kit, CardSettings settings) {
        this.kit = kit;
        this.settings = settings;
    }

    /** Agent, runtime and settings, as a Debian package. */
    public void writePayload(BaseSystem base, Path file) throws IOException {
        DebFile.Control control = new DebFile.Control(
                "swarm-agent",
                kit.agentVersion(),
                base.architecture().debian(),
                "agent, Java runtime and settings of a card");
        DebFile.write(file, control, SECONDS, tar -> {
            add(tar, "etc/swarm-agent/agent.conf", PLAIN, agentConf());
            add(tar, "etc/swarm-agent/ca.crt", PLAIN, settings.enrolment().ca());
            add(tar, "opt/swarmctl/firstrun.conf", PLAIN, firstrunConf());
            for (Map.Entry<String, CardKit.Item> item :
                    kit.items(base.architecture()).entrySet()) {
                Path source = item.getValue().source();
                try (InputStream content = Files.newInputStream(source)) {
                    tar.add(item.getKey(), item.getValue().mode(), content, Files.size(source));
                }
            }
        });
    }

    public byte[] secrets() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarWriter tar = new TarWriter(out, SECONDS)) {
            add(
                    tar,
                    "etc/swarm-agent/enrolment.key",
                    SECRET,
                    settings.enrolment().key().strip() + "\n");
            Wifi wifi = settings.wifi();
            if (wifi != null) {
                add(tar, "etc/NetworkManager/system-connections/swarmctl-wifi.nmconnection", SECRET, wifi.keyfile());
            }
            CardUser user = settings.user();
            if (user != null) {
                add(tar, USER + "name", SECRET, user.name() + "\n");
                add(tar, USER + "password", SECRET, user.chpasswdLine());
                add(tar, USER + "authorized_keys", SECRET, user.authorizedKeys());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void add(TarWriter tar, String path, int mode, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        tar.add(path, mode, new ByteArrayInputStream(bytes), bytes.length);
    }

    private String agentConf() {
        Enrolment enrolment = settings.enrolment();
        return "# Where to find the controller: these addresses, and the local network's announcements.\n"
                + "controllers=" + String.join(",", enrolment.controllers()) + "\nmdns=" + enrolment.mdns() + "\n";
    }

    /** For the script. Nothing in it needs quoting. */
    private String firstrunConf() {
        Region region = settings.region();
        return "timezone=" + region.timezone() + "\nlocale=" + region.locale() + "\nkeyboard=" + region.keyboard()
                + "\nssh=" + (settings.ssh() ? "yes" : "no") + "\n";
    }

    public static byte[] script() throws IOException {
        try (InputStream script = CardFiles.class.getResourceAsStream(SCRIPT)) {
            if (script == null) {
                throw new IOException("this build has no " + SCRIPT);
            }
            return script.readAllBytes();
        }
    }

    /** @throws ImageException when the CA's certificate is none */
    public ImageInfo info(BaseSystem base) throws ImageException, IOException {
        Enrolment enrolment = settings.enrolment();
        Wifi wifi = settings.wifi();
        CardUser user = settings.user();
        Region region = settings.region();
        return new ImageInfo(
                base.words(),
                base.release(),
                base.architecture().debian(),
                kit.agentVersion(),
                enrolment.controllers(),
                enrolment.mdns(),
                fingerprint(enrolment.ca()),
                enrolment.keyId(),
                enrolment.expires(),
                wifi == null ? "" : wifi.ssid(),
                wifi == null ? "" : wifi.country(),
                settings.ssh(),
                region.timezone(),
                region.locale(),
                region.keyboard(),
                user == null ? "" : user.name(),
                kit.dockerWords());
    }

    public static byte[] json(ImageInfo info) {
        return (WireJson.write(info, ImageInfo.class) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String fingerprint(String ca) throws ImageException {
        try {
            return Certificates.fingerprint(Certificates.fromPem(ca));
        } catch (TrustException e) {
            throw new ImageException(
                    "the fleet CA's certificate is none", "take ca.crt from the controller's data directory", e);
        }
    }
}
