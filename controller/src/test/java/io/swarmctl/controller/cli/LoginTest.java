package io.swarmctl.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.common.trust.Certificates;
import io.swarmctl.controller.api.Access;
import io.swarmctl.controller.api.TestController;
import io.swarmctl.controller.cli.Typist.Result;
import io.swarmctl.controller.fleet.ExampleNodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginTest {
    private static final String TOKEN = TestController.TOKENS.get(Access.Level.ADMIN);

    private static TestController controller;
    private static TestController elsewhere;
    private static String fingerprint;

    @TempDir
    Path home;

    @BeforeAll
    static void start() {
        controller = new TestController(ExampleNodes.fleet(), "localhost");
        elsewhere = new TestController(ExampleNodes.fleet(), "controller.swarmctl.internal");
        fingerprint = Certificates.fingerprint(controller.ca().certificate());
    }

    @AfterAll
    static void stop() {
        controller.close();
        elsewhere.close();
    }

    @Test
    void aPersonComparesTheFingerprintAndTypesTheToken() {
        Typist typist = new Typist(home).answering("y", TOKEN);

        Result login = typist.types("login", controller.url());

        assertThat(login.exitCode()).as(login.err()).isZero();
        assertThat(login.err()).contains(fingerprint);
        assertThat(login.out()).contains("context localhost").contains("next: swarmctl status");
        assertThat(typist.types("nodes", "list").exitCode()).isZero();
    }

    @Test
    void whoDoesNotConfirmIsNotLoggedIn() {
        Typist typist = new Typist(home).answering("", TOKEN);

        assertThat(typist.types("login", controller.url()).exitCode()).isEqualTo(1);
        assertThat(home.resolve(".config/swarmctl/contexts.json")).doesNotExist();
    }

    @Test
    void aScriptGivesFingerprintAndTokenFile() throws IOException {
        Path file = Files.writeString(home.resolve("token"), TOKEN + "\n");
        String colons = fingerprint.toUpperCase(java.util.Locale.ROOT).replaceAll("(..)(?!$)", "$1:");

        Result login = new Typist(home)
                .types(
                        "login",
                        "localhost:" + controller.port(),
                        "--fingerprint",
                        colons,
                        "--token-file",
                        file.toString());

        assertThat(login.exitCode()).as(login.err()).isZero();
    }

    @Test
    void anotherFingerprintIsRefused() {
        Result login = new Typist(home)
                .with("SWARMCTL_TOKEN", TOKEN)
                .types("login", controller.url(), "--fingerprint", "00".repeat(32));

        assertThat(login.exitCode()).isEqualTo(1);
        assertThat(login.err()).contains("fingerprint is " + fingerprint).doesNotContain(TOKEN);
    }

    @Test
    void whereNobodyCanBeAskedTheFingerprintIsNeeded() {
        Result login = new Typist(home).with("SWARMCTL_TOKEN", TOKEN).types("login", controller.url());

        assertThat(login.exitCode()).isEqualTo(2);
        assertThat(login.err()).contains("--fingerprint " + fingerprint);
    }

    @Test
    void aWrongTokenIsNotKept() {
        Result login = new Typist(home)
                .with("SWARMCTL_TOKEN", "wrong")
                .types("login", controller.url(), "--fingerprint", fingerprint);

        assertThat(login.exitCode()).isEqualTo(1);
        assertThat(login.err()).contains("the token is wrong");
        assertThat(home.resolve(".config/swarmctl/contexts.json")).doesNotExist();
    }

    @Test
    void aControllerMayChangeItsAddressButNotItsCa() throws IOException {
        Typist typist = new Typist(home).with("SWARMCTL_TOKEN", TOKEN);
        String other = Certificates.fingerprint(elsewhere.ca().certificate());
        assertThat(typist.types("login", elsewhere.url(), "--fingerprint", other)
                        .exitCode())
                .isZero();

        Path file = home.resolve(".config/swarmctl/contexts.json");
        Files.writeString(file, Files.readString(file).replace(elsewhere.url(), controller.url()));
        Result list = typist.types("nodes", "list");

        assertThat(list.exitCode()).isEqualTo(1);
        assertThat(list.err()).contains("is not the controller that you logged in to");
    }

    @Test
    void aCertificateOfTheFleetForAnotherNameIsNotTheControllers() {
        try (TestController stranger = new TestController(ExampleNodes.fleet(), "somebody.example")) {
            Result login = new Typist(home)
                    .with("SWARMCTL_TOKEN", TOKEN)
                    .types(
                            "login",
                            stranger.url(),
                            "--fingerprint",
                            Certificates.fingerprint(stranger.ca().certificate()));

            assertThat(login.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void onTheControllersOwnMachineNoLoginIsNeeded() throws IOException {
        Path data = Files.createDirectories(home.resolve("data"));
        Files.writeString(
                data.resolve("ca.crt"), Certificates.toPem(controller.ca().certificate()));
        Files.writeString(data.resolve("admin.token"), TOKEN + "\n");
        Typist typist = new Typist(home)
                .with("SWARMCTL_DATA_DIRECTORY", data.toString())
                .with("SWARMCTL_HTTPS_PORT", Integer.toString(controller.port()));

        assertThat(typist.types("status").out()).contains("(this machine's own, without login)");
        Files.writeString(data.resolve("https.port"), controller.port() + "\n");
        assertThat(typist.with("SWARMCTL_HTTPS_PORT", "").types("status").exitCode())
                .isZero();
    }

    @Test
    void contextsAreListedChosenAndForgotten() {
        Typist typist = new Typist(home).with("SWARMCTL_TOKEN", TOKEN);
        typist.types("login", controller.url(), "--fingerprint", fingerprint, "--name", "rack");
        typist.types("login", controller.url(), "--fingerprint", fingerprint, "--name", "attic");

        assertThat(typist.types("context", "list").out()).contains("*   attic").contains("rack");
        assertThat(typist.types("context", "use", "rak").err()).contains("did you mean rack?");
        typist.types("context", "use", "rack");
        assertThat(typist.types("status").out()).contains("(context rack)");
        assertThat(typist.types("status", "--context", "attic").out()).contains("(context attic)");
        typist.types("context", "remove", "rack");
        assertThat(typist.types("nodes", "list").err())
                .isEqualTo("error: not logged in to a controller\n  choose one: swarmctl context use attic\n");
    }

    @Test
    void tokensThatOthersCanReadAreNotUsed() throws IOException {
        Typist typist = new Typist(home).with("SWARMCTL_TOKEN", TOKEN);
        typist.types("login", controller.url(), "--fingerprint", fingerprint);
        Path file = home.resolve(".config/swarmctl/contexts.json");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(typist.types("status").err()).contains("chmod 600 " + file);
    }

    @Test
    void whoIsNotLoggedInIsToldHow() {
        assertThat(new Typist(home).types("nodes", "list").err())
                .startsWith("error: not logged in to a controller")
                .endsWith("\n  log in: swarmctl login https://CONTROLLER:8443\n");
    }

    @Test
    void whoExpectsAControllerHereIsToldWhereNoneIs() {
        String ended = home.resolve("ended").toString();

        assertThat(new Typist(home)
                        .with("SWARMCTL_DATA_DIRECTORY", ended)
                        .types("status")
                        .err())
                .contains("none has its data in " + ended + " (SWARMCTL_DATA_DIRECTORY)");
    }

    @Test
    void nobodyThereIsSaidInOneLine() {
        Result login = new Typist(home).types("login", "https://localhost:1");

        assertThat(login.exitCode()).isEqualTo(1);
        assertThat(login.err())
                .startsWith("error: cannot reach the controller at https://localhost:1")
                .doesNotContain("\tat ");
    }
}
