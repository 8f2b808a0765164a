package io.swarmctl.controller.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.controller.cache.ByteRange;
import io.swarmctl.controller.cache.Entry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackageRequestTest {
    private static final String DATE = "Sat, 11 Jan 2025 10:00:00 GMT";
    private static final Entry FILE =
            new Entry("http://deb.debian.org/a.deb", 100, "", "\"1\"", DATE, "application/x-debian-package", 0);

    @Test
    void isWhatAptSends() {
        PackageRequest request = request("Range: bytes=10-\r\nIf-Range: " + DATE
                + "\r\nUser-Agent: Debian APT-HTTP/1.3 (2.6.1) non-interactive");
        assertThat(request.target()).isEqualTo("http://deb.debian.org/a.deb");
        assertThat(request.whole()).isTrue();
        assertThat(request.anew()).isFalse();
        assertThat(request("Cache-Control: no-cache\r\nPragma: no-cache").anew())
                .isTrue();
        assertThat(request("Cache-Control: max-age=0").anew()).isFalse();
        assertThat(request("Connection: close").isLast()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST http://deb.debian.org/a HTTP/1.1\r\nHost: a",
                "CONNECT deb.debian.org:443 HTTP/1.1\r\nHost: a",
                "GET http://deb.debian.org/a HTTP/1.0\r\nHost: a",
                "GET  http://deb.debian.org/a HTTP/1.1\r\nHost: a",
                "GET http://deb.debian.org/a b HTTP/1.1\r\nHost: a",
                "GET http://deb.debian.org/a HTTP/1.1\r\nHost: a\r\nContent-Length: 5",
                "GET http://deb.debian.org/a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked",
                "GET http://deb.debian.org/a HTTP/1.1\r\nHost: a\r\nHost: b",
                "GET http://deb.debian.org/a HTTP/1.1\r\nHost: a\r\n folded: b",
                "GET http://deb.debian.org/a HTTP/1.1\r\nHost a",
                "GET http://deb.debian.org/a HTTP/1.1\nHost: a",
                "",
                "\u0016\u0003\u0001"
            })
    void andNothingElse(String head) {
        assertThat(PackageRequest.parse(head)).isEmpty();
    }

    @Test
    void theWholeFileIsGiven() {
        PackageReply reply = PackageReply.of(request("Accept: text/*"), FILE);
        assertThat(reply.head())
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("Content-Length: 100\r\n", "ETag: \"1\"\r\n", "Last-Modified: " + DATE)
                .endsWith("\r\n\r\n");
        assertThat(reply.part()).isEqualTo(new ByteRange(0, 100));
    }

    @Test
    void orTheRestOfTheSameFile() {
        PackageReply rest = PackageReply.of(request("Range: bytes=40-\r\nIf-Range: " + DATE), FILE);
        assertThat(rest.head()).contains("206 Partial", "Content-Range: bytes 40-99/100\r\n", "Content-Length: 60\r\n");
        assertThat(rest.part()).isEqualTo(new ByteRange(40, 100));

        PackageReply other = PackageReply.of(request("Range: bytes=40-\r\nIf-Range: another"), FILE);
        assertThat(other.part()).isEqualTo(new ByteRange(0, 100));
        PackageReply several = PackageReply.of(request("Range: bytes=1-2,4-5"), FILE);
        assertThat(several.part()).isEqualTo(new ByteRange(0, 100));
        PackageReply beyond = PackageReply.of(request("Range: bytes=100-"), FILE);
        assertThat(beyond.head()).contains("416 ", "Content-Range: bytes */100\r\n");
        assertThat(beyond.part().length()).isZero();
    }

    @Test
    void orNothingWhenItIsUnchanged() {
        assertThat(PackageReply.of(request("If-Modified-Since: " + DATE), FILE).head())
                .contains("304 ");
        assertThat(PackageReply.of(request("If-None-Match: \"1\""), FILE).head())
                .contains("304 ");
        assertThat(PackageReply.of(request("If-None-Match: \"2\"\r\nIf-Modified-Since: " + DATE), FILE)
                        .head())
                .contains("200 ");
    }

    @Test
    void reasonsStayOnTheirLine() {
        assertThat(PackageReply.failure(502, "a\r\nSet-Cookie: b\u00e4"))
                .isEqualTo("HTTP/1.1 502 a??Set-Cookie: b?\r\nContent-Length: 0\r\n\r\n");
    }

    private static PackageRequest request(String headers) {
        return PackageRequest.parse("GET http://deb.debian.org/a.deb HTTP/1.1\r\nHost: deb.debian.org\r\n" + headers)
                .orElseThrow();
    }
}
