package io.swarmctl.controller.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MirrorsTest {
    private static final Mirrors USUAL =
            new Mirrors("http://deb.debian.org/debian", "http://deb.debian.org/debian-security");

    @TempDir
    Path apt;

    @BeforeEach
    void prepare() throws IOException {
        Files.createDirectory(apt.resolve("sources.list.d"));
    }

    @Test
    void theMachinesOwnAreTakenFromEntriesOfTheNewForm() throws IOException {
        Files.writeString(apt.resolve("sources.list.d/debian.sources"), """
                Types: deb deb-src
                # the nearest one
                URIs: http://mirror.example/debian/
                Suites: bookworm bookworm-updates
                Components: main

                Types: deb
                URIs: https://mirror.example/security
                Suites: bookworm-security
                Components: main
                """);

        assertThat(Mirrors.ofApt(apt))
                .isEqualTo(new Mirrors("http://mirror.example/debian", "https://mirror.example/security"));
    }

    @Test
    void theMachinesOwnAreTakenFromLines() throws IOException {
        Files.writeString(apt.resolve("sources.list"), """
                # deb http://old.example/debian bookworm main
                deb [arch=amd64 signed-by=/k.gpg] http://mirror.example/debian trixie main contrib
                deb-src http://source.example/debian trixie main
                """);

        assertThat(Mirrors.ofApt(apt)).isEqualTo(new Mirrors("http://mirror.example/debian", USUAL.security()));
    }

    @Test
    void othersArchivesAreNotTaken() throws IOException {
        Files.writeString(apt.resolve("sources.list"), "deb http://raspbian.raspberrypi.com/raspbian/ bookworm main\n");
        Files.writeString(
                apt.resolve("sources.list.d/docker.sources"),
                "Types: deb\nURIs: https://download.example/linux\nSuites: nodistro\n");
        Files.writeString(
                apt.resolve("sources.list.d/off.sources"),
                "Enabled: no\nTypes: deb\nURIs: http://off.example/debian\nSuites: bookworm\n");

        assertThat(Mirrors.ofApt(apt)).isEqualTo(USUAL);
    }

    @Test
    void withoutAptTheUsualOnesAreTaken() {
        assertThat(Mirrors.ofApt(apt.resolve("none"))).isEqualTo(USUAL);
    }

    @Test
    void theSecurityUpdatesLieBesideTheArchive() throws DebianException {
        assertThat(Mirrors.of("http://mirror.example/debian/", ""))
                .isEqualTo(new Mirrors("http://mirror.example/debian", "http://mirror.example/debian-security"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mirror.example", "ftp://mirror.example/debian", "http://", "http://a b/"})
    void whatIsNoAddressIsRefused(String address) {
        assertThatThrownBy(() -> Mirrors.of(address, "")).hasMessage("'" + address + "' is no mirror");
    }
}
