package io.swarmctl.agent.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.common.wire.Failure;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class AptTroubleTest {
    static Stream<Arguments> whatAptPrints() {
        return Stream.of(
                Arguments.of(
                        "E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 871 (apt-get)",
                        AptTrouble.LOCKED),
                Arguments.of(
                        "E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), is another process"
                                + " using it?",
                        AptTrouble.LOCKED),
                Arguments.of("E: Unable to lock directory /var/lib/apt/lists/", AptTrouble.LOCKED),
                Arguments.of(
                        "dpkg: error: dpkg frontend lock was locked by another process with pid 871",
                        AptTrouble.LOCKED),
                Arguments.of(
                        "E: Release file for http://mirror.example/debian/dists/bookworm-updates/InRelease is not valid"
                                + " yet (invalid for another 2d 3h). Updates for this repository will not be applied.",
                        AptTrouble.CLOCK),
                Arguments.of(
                        "W: Failed to fetch https://download.docker.com/linux/debian/dists/bookworm/InRelease  Certificate"
                                + " verification failed: The certificate is NOT trusted. The certificate chain uses not"
                                + " yet valid certificate.",
                        AptTrouble.CLOCK),
                Arguments.of(
                        "E: dpkg was interrupted, you must manually run 'dpkg --configure -a' to correct the problem. ",
                        AptTrouble.INTERRUPTED),
                Arguments.of(
                        "E: Failed to fetch http://mirror.example/debian/pool/main/d/docker.io/docker.io_20_arm64.deb"
                                + "  File has unexpected size (36 != 35). Mirror sync in progress? [IP: 199.232.1.1 80]",
                        AptTrouble.MIRROR_SYNC),
                Arguments.of(
                        "E: Failed to fetch store:/var/lib/apt/lists/partial/deb_Packages.xz  Hash Sum mismatch",
                        AptTrouble.MIRROR_SYNC),
                Arguments.of("E: Write error - write (28: No space left on device)", AptTrouble.NO_SPACE),
                Arguments.of("E: You don't have enough free space in /var/cache/apt/archives/.", AptTrouble.NO_SPACE),
                Arguments.of(
                        "dpkg: error: unable to create new file '/var/lib/dpkg/info/format-new': Read-only file system",
                        AptTrouble.READ_ONLY),
                Arguments.of(
                        "W: Failed to fetch http://mirror.example/debian/dists/bookworm/InRelease  Temporary failure"
                                + " resolving 'mirror.example'",
                        AptTrouble.NO_NAME),
                Arguments.of(
                        "Err:1 http://mirror.example/debian bookworm InRelease Could not resolve 'mirror.example'",
                        AptTrouble.NO_NAME),
                Arguments.of(
                        "E: Failed to fetch http://mirror.example/debian/dists/bookworm/InRelease  Cannot initiate the"
                                + " connection to mirror.example:80 (2a04:4e42::644). - connect (101: Network is"
                                + " unreachable)",
                        AptTrouble.NO_CONNECTION),
                Arguments.of(
                        "W: Failed to fetch http://10.0.0.1/InRelease  Could not connect to 10.0.0.1:80 (10.0.0.1),"
                                + " connection timed out",
                        AptTrouble.NO_CONNECTION),
                Arguments.of(
                        "E: Failed to fetch http://mirror.example/debian/pool/main/c/curl/curl_7_arm64.deb  404  Not"
                                + " Found [IP: 199.232.1.1 80]",
                        AptTrouble.NOT_FOUND),
                Arguments.of(
                        "E: The repository 'https://download.docker.com/linux/debian forky Release' does not have a"
                                + " Release file.",
                        AptTrouble.NO_RELEASE),
                Arguments.of(
                        "W: GPG error: https://download.docker.com/linux/debian bookworm InRelease: The following"
                                + " signatures couldn't be verified because the public key is not available: NO_PUBKEY"
                                + " 7EA0A9C3F273FCD8",
                        AptTrouble.KEY_MISSING),
                Arguments.of(
                        "E: Failed to fetch http://mirror.example/debian/dists/bookworm/InRelease  Clearsigned file isn't"
                                + " valid, got 'NOSPLIT' (does the network require authentication?)",
                        AptTrouble.CAPTIVE_PORTAL),
                Arguments.of(
                        "E: Conflicting values set for option Signed-By regarding source"
                                + " https://download.docker.com/linux/debian/ bookworm: /a.gpg != /b.asc",
                        AptTrouble.SOURCES_CONFLICT),
                Arguments.of("E: Unable to locate package docker-ce", AptTrouble.NO_PACKAGE),
                Arguments.of("E: Package 'docker.io' has no installation candidate", AptTrouble.NO_PACKAGE),
                Arguments.of("E: Unable to correct problems, you have held broken packages.", AptTrouble.UNMET),
                Arguments.of("E: Sub-process /usr/bin/dpkg returned an error code (1)", AptTrouble.MAINTAINER_SCRIPT));
    }

    @ParameterizedTest
    @MethodSource("whatAptPrints")
    void isToldByWhatAptPrints(String line, AptTrouble trouble) {
        assertThat(AptTrouble.in(List.of("Reading package lists...", line, "Building dependency tree...")))
                .contains(trouble);
    }

    @ParameterizedTest
    @EnumSource(AptTrouble.class)
    void saysWhatAPersonCanDo(AptTrouble trouble) {
        Failure failure = trouble.in("install docker.io");

        assertThat(failure.problem()).startsWith("cannot install docker.io: ");
        assertThat(failure.remedy()).isNotBlank();
    }

    @Test
    void aLockThatWasWaitedForIsNotTheCauseOfWhatCameLater() {
        assertThat(AptTrouble.in(List.of(
                        "Waiting for cache lock: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 9",
                        "E: Unable to locate package docker-ce")))
                .contains(AptTrouble.NO_PACKAGE);
    }

    @Test
    void theCauseIsToldFromWhatFollowsFromIt() {
        assertThat(AptTrouble.in(List.of(
                        "dpkg: error processing archive /var/cache/apt/archives/docker.io.deb (--unpack):",
                        " cannot copy extracted data for './usr/bin/dockerd': failed to write (No space left on device)",
                        "E: Sub-process /usr/bin/dpkg returned an error code (1)")))
                .contains(AptTrouble.NO_SPACE);
    }

    @Test
    void aRepositoryThatCannotBeReachedIsNotBlamedForHavingNothing() {
        assertThat(
                        AptTrouble.in(
                                List.of(
                                        "Err:5 http://mirror.example/debian bookworm Release",
                                        "  Cannot initiate the connection to mirror.example:80 (203.0.113.80). - connect (101: Network is"
                                                + " unreachable)",
                                        "E: The repository 'http://mirror.example/debian bookworm Release' does not have a Release file.")))
                .contains(AptTrouble.NO_CONNECTION);
    }

    @Test
    void whatIsNotKnownIsNotGuessed() {
        assertThat(AptTrouble.in(List.of("E: Something new happened"))).isEmpty();
    }
}
