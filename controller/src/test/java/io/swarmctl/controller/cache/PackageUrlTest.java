package io.swarmctl.controller.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackageUrlTest {
    private static final String HASH = "0123456789abcdef".repeat(4);

    @Test
    void isReadAsAptSendsIt() {
        assertThat(url("http://Deb.Debian.org/debian/pool/main/g/g%2b%2b/g%2b%2b_12.deb"))
                .isEqualTo(new PackageUrl(false, "deb.debian.org", 80, "/debian/pool/main/g/g%2b%2b/g%2b%2b_12.deb"));
        assertThat(url("https://download.docker.com/linux/debian/gpg").port()).isEqualTo(443);
        assertThat(url("http://mirror.lan:3142/debian/a")).hasToString("http://mirror.lan:3142/debian/a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://deb.debian.org/a",
                "file:///etc/passwd",
                "/debian/a",
                "http://deb.debian.org",
                "http://user:secret@deb.debian.org/a",
                "http://deb.debian.org/a/../b",
                "http://deb.debian.org/a/%2e%2E/b",
                "http://deb.debian.org/..",
                "http://deb.debian.org/a?b=c",
                "http://deb.debian.org/a#b",
                "http://deb.debian.org/a\\b",
                "http://deb.debian.org/a b",
                "http://deb.debian.org/a\r\nHost: b",
                "http://deb.debian.org:0/a",
                "http://deb.debian.org:99999/a",
                "http://[::1]/a",
                "http://deb.debian.org:80:90/a",
            })
    void whatIsNoAddressOfAnArchiveIsNone(String text) {
        assertThat(PackageUrl.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://deb.debian.org/debian/pool/main/b/bash/bash_5.2-2_arm64.deb",
                "http://deb.debian.org/debian/pool/main/b/bash/bash_5.2.orig.tar.xz",
                "https://download.docker.com/linux/debian/dists/bookworm/pool/stable/arm64/docker-ce_5.deb",
                "http://deb.debian.org/debian/dists/bookworm/main/binary-arm64/by-hash/MD5Sum/0123456789abcdef0123456789abcdef",
            })
    void packagesAndWhatIsNamedAfterItsChecksumNeverChange(String text) {
        assertThat(url(text).isImmutable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://deb.debian.org/debian/dists/bookworm/InRelease",
                "http://deb.debian.org/debian/dists/bookworm/main/binary-arm64/Packages.xz",
                "https://download.docker.com/linux/debian/gpg",
            })
    void indexesDo(String text) {
        assertThat(url(text).isImmutable()).isFalse();
    }

    @Test
    void aNameTellsItsChecksum() {
        assertThat(url("http://deb.debian.org/debian/dists/x/main/by-hash/SHA256/" + HASH)
                        .sha256())
                .contains(HASH);
        assertThat(url("http://deb.debian.org/debian/dists/x/main/by-hash/MD5Sum/" + HASH.substring(32))
                        .sha256())
                .isEmpty();
        assertThat(url("http://deb.debian.org/debian/" + HASH).sha256()).isEmpty();
    }

    @Test
    void whereAnArchiveSendsOnToIsAnAddressToo() {
        PackageUrl from = url("http://archive.raspbian.org/raspbian/a");
        assertThat(from.redirectedTo("http://mirror.example.org/b")).contains(url("http://mirror.example.org/b"));
        assertThat(from.redirectedTo("/c")).contains(url("http://archive.raspbian.org/c"));
        assertThat(from.redirectedTo("gopher://x/")).isEmpty();
        assertThat(from.redirectedTo("http://a b")).isEmpty();
    }

    static PackageUrl url(String text) {
        return PackageUrl.parse(text).orElseThrow();
    }
}
