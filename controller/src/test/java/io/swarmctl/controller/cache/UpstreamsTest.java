package io.swarmctl.controller.cache;

import static io.swarmctl.controller.cache.PackageUrlTest.url;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UpstreamsTest {
    private final Upstreams usual = Upstreams.of(List.of(), Set.of());

    @Test
    void aDomainStandsForAllBelowIt() {
        assertThat(usual.route(url("http://deb.debian.org/a"))).isPresent();
        assertThat(usual.route(url("http://debian.org/a"))).isPresent();
        assertThat(usual.route(url("http://archive.raspberrypi.com/debian/a"))).isPresent();
        assertThat(usual.route(url("http://notdebian.org/a"))).isEmpty();
        assertThat(usual.route(url("http://debian.org.example.net/a"))).isEmpty();
    }

    @Test
    void dockersIsAlwaysAskedByHttps() {
        assertThat(usual.route(url("http://download.docker.com/linux/debian/gpg")))
                .contains(url("https://download.docker.com/linux/debian/gpg"));
    }

    @Test
    void noOtherPortThanTheUsualOne() {
        assertThat(usual.route(url("http://deb.debian.org:22/a"))).isEmpty();
        assertThat(usual.route(url("http://deb.debian.org:443/a"))).isEmpty();
    }

    @Test
    void thePolicyAddsDomains() {
        Upstreams more = Upstreams.of(List.of("example.org", "https://Example.net"), Set.of());
        assertThat(more.route(url("http://apt.example.org/a"))).contains(url("http://apt.example.org/a"));
        assertThat(more.route(url("http://apt.example.net/a"))).contains(url("https://apt.example.net/a"));
        assertThat(more.lines())
                .containsExactly(
                        "example.org",
                        "https://example.net",
                        "debian.org",
                        "raspberrypi.com",
                        "raspbian.org",
                        "https://docker.com");
    }

    @Test
    void aMirrorOfOnesOwnIsNamedToThePort() {
        Upstreams own = Upstreams.of(List.of(), Set.of("mirror.lan:3142", "deb.debian.org"));
        assertThat(own.route(url("http://mirror.lan:3142/debian/a"))).isPresent();
        assertThat(own.route(url("http://mirror.lan/debian/a"))).isEmpty();
        assertThat(own.mayBeInside(url("http://deb.debian.org/a"))).isTrue();
        assertThat(own.mayBeInside(url("http://ftp.debian.org/a"))).isFalse();
        assertThat(own.lines()).startsWith("deb.debian.org", "mirror.lan:3142");
    }
}
