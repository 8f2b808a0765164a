package io.swarmctl.controller.cli;

import static io.swarmctl.controller.image.TestTools.need;
import static io.swarmctl.controller.image.TestTools.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmctl.common.trust.Certificates;
import io.swarmctl.controller.api.Access;
import io.swarmctl.controller.api.TestController;
import io.swarmctl.controller.cli.Typist.Result;
import io.swarmctl.controller.fleet.DebianSystem;
import io.swarmctl.controller.fleet.ExampleNodes;
import io.swarmctl.controller.fleet.FleetEvent;
import io.swarmctl.controller.fleet.Policy;
import io.swarmctl.controller.image.TestBase;
import io.swarmctl.controller.image.TestKit;
import io.swarmctl.controller.image.TestSettings;
import io.swarmctl.controller.image.TestTools;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code swarmctl image}, with a real API where one is needed. */
class ImageCommandsTest {
    private static TestController controller;

    @TempDir
    static Path shared;

    @TempDir
    Path home;

    private static Path base;
    private Typist typist;
    private Path out;

    @BeforeAll
    static void start() throws Exception {
        need("mkfs.vfat", "mcopy", "xz");
        controller = new TestController(ExampleNodes.fleet(), "localhost");
        base = TestBase.trixie().writeTo(shared.resolve("base.img"));
        TestKit.in(shared.resolve("kit"));
    }

    @AfterAll
    static void stop() {
        if (controller != null) {
            controller.close();
        }
    }

    @BeforeEach
    void prepare() throws Exception {
        controller.fleet().become(fleet -> ExampleNodes.fleet());
        typist = new Typist(home).with("SWARMCTL_KIT", shared.resolve("kit").toString());
        out = home.resolve("fleet.img");
        Files.writeString(home.resolve("key"), TestSettings.KEY + "\n");
        Files.writeString(home.resolve("ca.crt"), TestSettings.CA);
    }

    private void logIn() {
        Result login = typist.with("SWARMCTL_TOKEN", TestController.TOKENS.get(Access.Level.ADMIN))
                .types(
                        "login",
                        controller.url(),
                        "--fingerprint",
                        Certificates.fingerprint(controller.ca().certificate()));
        assertThat(login.exitCode()).as(login.err()).isZero();
    }

    private Result build(String... more) {
        List<String> words =
                new ArrayList<>(List.of("image", "build", "--base", base.toString(), "--out", out.toString()));
        words.addAll(List.of(more));
        return typist.types(words.toArray(new String[0]));
    }

    private Result buildWithoutLogin(String... more) {
        List<String> words =
                new ArrayList<>(List.of("--key-file", "" + home.resolve("key"), "--ca", "" + home.resolve("ca.crt")));
        words.addAll(List.of(more));
        return build(words.toArray(new String[0]));
    }

    @Test
    void theControllerIsAskedForAKey() {
        logIn();

        Result built = build("--expires", "7d", "--uses", "3", "--controller", "10.0.0.5", "-o", "json");

        assertThat(built.exitCode()).as(built.err()).isZero();
        JsonObject info = new JsonObject(built.out());
        assertThat(info.getJsonArray("controllers").encode()).isEqualTo("[\"10.0.0.5\"]");
        assertThat(info.getString("ca"))
                .isEqualTo(Certificates.fingerprint(controller.ca().certificate()));
        var key = controller.fleet().fleet().keys().get(info.getString("enrolmentKey"));
        assertThat(key.usesLeft()).isEqualTo(3);
        assertThat(info.getInstant("expires")).isEqualTo(key.expiresAt());
        assertThat(controller.fleet().fleet().gatherings().ahead())
                .as("what Docker is gathered for")
                .containsExactly(new DebianSystem(info.getString("release"), info.getString("architecture")));
    }

    private void policyWants(Policy.User user) {
        controller.fleet().become(fleet -> {
            Policy policy = fleet.policy();
            return fleet.with(new Policy(
                    user,
                    policy.ssh(),
                    policy.approval(),
                    policy.upgrade(),
                    policy.docker(),
                    policy.swarm(),
                    policy.names(),
                    policy.auto()));
        });
    }

    private String secrets() {
        return run("mtype", "-i", out + "@@" + TestBase.BOOT_START, "::swarmctl-secrets.tar");
    }

    @Test
    void theFirstUserOfThePolicyIsOnTheCardWithoutBeingShown() {
        logIn();
        policyWants(new Policy.User("ada", TestSettings.HASH, List.of("ssh-ed25519 AAAA")));

        Result built = build("--controller", "10.0.0.5");

        assertThat(built.exitCode()).as(built.err()).isZero();
        assertThat(built.out()).contains("user           ada\n");
        assertThat(built.all()).doesNotContain(TestSettings.HASH);
        assertThat(secrets()).contains("ada:" + TestSettings.HASH, "ssh-ed25519 AAAA");
        assertThat(controller.fleet().events(10))
                .extracting(FleetEvent::text)
                .contains("password hash of ada handed out, for cards");
    }

    @Test
    void theUserIsLeftOutWhenToldSo() {
        logIn();
        policyWants(new Policy.User("ada", TestSettings.HASH, List.of()));

        Result built = build("--controller", "10.0.0.5", "--no-user");

        assertThat(built.out()).contains("user           none before enrolment\n");
        assertThat(secrets()).doesNotContain("ada", TestSettings.HASH);
    }

    @Test
    void packagesThatNobodyGatheredAreRefusedWithTheCommandThatDoes() {
        Result refused = buildWithoutLogin("--with-docker", home.toString());

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err())
                .contains("there are no packages of Docker in " + home)
                .contains("swarmctl image fetch-docker --arch ");
    }

    /** By a signal that is sent as soon as the image is begun. */
    private static Process ended(ProcessBuilder builder, Path part, String signal) throws Exception {
        Process building = builder.start();
        await().atMost(60, TimeUnit.SECONDS)
                .pollInterval(1, TimeUnit.MILLISECONDS)
                .until(() -> Files.exists(part) || !building.isAlive());
        run("kill", "-" + signal, Long.toString(building.pid()));
        assertThat(building.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return building;
    }

    /** The signal that Ctrl-C sends, while the image is being written. */
    @ParameterizedTest
    @Timeout(120)
    @CsvSource({"INT, 130", "TERM, 143"})
    void whoeverEndsItFindsNothingLeft(String signal, int exitCode) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.swarmctl.controller.Main",
                        "image",
                        "build",
                        "--base",
                        base.toString(),
                        "--out",
                        out.toString(),
                        "--key-file",
                        home.resolve("key").toString(),
                        "--ca",
                        home.resolve("ca.crt").toString())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("printed").toFile());
        builder.environment().put("SWARMCTL_KIT", shared.resolve("kit").toString());
        Path part = home.resolve("fleet.img.part");
        Process building = ended(builder, part, signal);
        // The image is small: it may have been done before the signal came.
        while (building.exitValue() == 0) {
            Files.delete(out);
            building = ended(builder, part, signal);
        }

        assertThat(building.exitValue())
                .as(Files.readString(home.resolve("printed")))
                .isEqualTo(exitCode);
        assertThat(part).doesNotExist();
        assertThat(home.resolve("fleet.img.payload")).doesNotExist();
        assertThat(out).doesNotExist();
    }

    @Test
    void noKeyIsMadeForABaseThatIsRefused() throws Exception {
        logIn();
        Path other = TestBase.trixie().with("firstrun.sh", "").writeTo(home.resolve("other.img"));

        Result refused = typist.types("image", "build", "--base", other.toString(), "--out", out.toString());

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err())
                .isEqualTo(
                        "error: this image was customized: it has firstrun.sh\n  take the image as it was published\n");
        assertThat(controller.fleet().fleet().keys()).isEmpty();
        assertThat(out).doesNotExist();
    }

    @Test
    void withKeyAndCaNoLoginIsNeededAndInspectTellsTheSame() {
        Result built = buildWithoutLogin(
                "--controller",
                "controller.lan",
                "--no-mdns",
                "--timezone",
                "Europe/Berlin",
                "--locale",
                "de_DE.UTF-8",
                "--keyboard",
                "de");
        assertThat(built.exitCode()).as(built.err()).isZero();

        Result inspected = typist.types("image", "inspect", out.toString());

        assertThat(inspected.exitCode()).isZero();
        assertThat(inspected.out())
                .startsWith("""
                        base           Raspberry Pi OS trixie arm64 of 2025-10-01
                        agent          9.8.7
                        controllers    controller.lan
                        """)
                .contains("""
                        enrolment key  abcdefgh
                        wifi           none
                        user           none before enrolment
                        docker         from the network
                        ssh            closed""")
                .contains("region         Europe/Berlin, de_DE.UTF-8, de\n")
                .doesNotContain(TestSettings.KEY);
        assertThat(built.out()).startsWith(inspected.out()).contains("next ");
    }

    @Test
    void thePassphraseIsAskedForAndNeverShown() {
        Result built = new Typist(home)
                .with("SWARMCTL_KIT", shared.resolve("kit").toString())
                .answering(TestSettings.PASSPHRASE)
                .types(
                        "image",
                        "build",
                        "--base",
                        base.toString(),
                        "--out",
                        out.toString(),
                        "--key-file",
                        "" + home.resolve("key"),
                        "--ca",
                        "" + home.resolve("ca.crt"),
                        "--wifi-ssid",
                        "attic",
                        "--wifi-country",
                        "DE");

        assertThat(built.exitCode()).as(built.err()).isZero();
        assertThat(built.out()).contains("wifi           attic (DE)");
        assertThat(built.all()).doesNotContain(TestSettings.PASSPHRASE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--timezone Europe/Berlim | 2 | there is no time zone Europe/Berlim | did you mean Europe/Berlin?",
                "--locale german | 2 | 'german' is no locale | write it as de_DE.UTF-8",
                "--keyboard d;e | 2 | 'd;e' is no keyboard layout | write it as de, us, gb",
                "--controller a,b | 2 | 'a,b' is no address | write it as HOST or HOST:PORT",
                "--uses 3 | 2 | a key that there is already has its expiry and its uses | leave out --expires and --uses",
                "--wifi-country DE | 2 | which wifi? | give its name too: --wifi-ssid NAME",
                "--wifi-ssid attic --wifi-country DE | 2 | nobody can be asked for the wifi's passphrase | give it with --wifi-passphrase-file FILE",
                "--no-mdns | 2 | the nodes would not know where the controller is | give --controller HOST"
            })
    void whatMakesNoSenseIsRefusedWithAHint(String typed, int exitCode, String problem, String remedy) {
        Result refused = buildWithoutLogin(typed.strip().split(" "));

        assertThat(refused.err()).isEqualTo("error: " + problem + "\n  " + remedy + "\n");
        assertThat(refused.exitCode()).isEqualTo(exitCode);
        assertThat(out).doesNotExist();
    }

    @Test
    void aFileWithoutACertificateIsRefused() throws Exception {
        Files.writeString(home.resolve("ca.crt"), "hello");

        assertThat(buildWithoutLogin().err()).contains("holds no certificate").contains("take ca.crt from");
        assertThat(out).doesNotExist();
    }

    @Test
    void aFileWithoutAKeyIsRefused() throws Exception {
        Files.writeString(home.resolve("key"), "hello");

        Result refused = buildWithoutLogin();

        assertThat(refused.err()).contains("holds no enrolment key").contains("swarmctl enrolment create >");
    }

    @Test
    void withoutAKitItSaysHowToMakeOne() {
        Result refused = typist.with("SWARMCTL_KIT", home.resolve("none").toString())
                .types("image", "build", "--base", base.toString(), "--out", out.toString());

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("scripts/card kit");
    }

    /** The hardest to unpack: xz -9 alone needs 65 MiB. */
    @Test
    void littleMemoryIsEnoughForAnyImage() throws Exception {
        Path packed = shared.resolve("base.img.xz");
        run("sh", "-c", "xz -9 -c " + base + " >" + packed);

        TestTools.Result built = TestTools.tryToRun(
                "env",
                "SWARMCTL_KIT=" + shared.resolve("kit"),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx112m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "io.swarmctl.controller.Main",
                "image",
                "build",
                "--base",
                packed.toString(),
                "--out",
                out.toString(),
                "--key-file",
                home.resolve("key").toString(),
                "--ca",
                home.resolve("ca.crt").toString());

        assertThat(built.exitCode()).as(built.output()).isZero();
        assertThat(out).exists();
    }
}
