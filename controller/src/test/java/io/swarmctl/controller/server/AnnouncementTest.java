package io.swarmctl.controller.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmctl.agent.link.ControllerAddress;
import io.swarmctl.agent.link.LocalDiscovery;
import io.swarmctl.controller.server.Announcement.Service;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class AnnouncementTest {
    private static final String FINGERPRINT = "0123456789abcdef".repeat(4);

    @Test
    void itSaysWhereTheGatewayIsAndWhoseItIs() {
        var info = new Service("f1", FINGERPRINT, "0.0.0.0", 8444).info();
        assertThat(info.getQualifiedName()).isEqualTo("swarmctl-f1._swarmctl._tcp.local.");
        assertThat(info.getPort()).isEqualTo(8444);
        assertThat(info.getPropertyString("fleet")).isEqualTo("f1");
        assertThat(info.getPropertyString("ca")).isEqualTo("0123456789abcdef");
    }

    @Test
    void itSpeaksOnlyWhereTheGatewayListens() throws UnknownHostException {
        InetAddress here = InetAddress.getByName("192.0.2.7");
        assertThat(new Service("f1", FINGERPRINT, "0.0.0.0", 1).isReachableAt(here))
                .isTrue();
        assertThat(new Service("f1", FINGERPRINT, "192.0.2.7", 1).isReachableAt(here))
                .isTrue();
        assertThat(new Service("f1", FINGERPRINT, "127.0.0.1", 1).isReachableAt(here))
                .isFalse();
    }

    @Test
    void anAgentFindsTheController() throws SocketException {
        Assumptions.assumeTrue(
                NetworkInterface.networkInterfaces().anyMatch(AnnouncementTest::hasMulticast),
                "no network with multicast here");
        int port = 20_000 + (int) (ProcessHandle.current().pid() % 10_000);
        Announcement announcement = Announcement.start(new Service("test" + port, FINGERPRINT, "0.0.0.0", port));
        try {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(new LocalDiscovery(List.of(), true).controllers())
                            .extracting(ControllerAddress::port)
                            .contains(port));
        } finally {
            announcement.close();
        }
    }

    private static boolean hasMulticast(NetworkInterface candidate) {
        try {
            return candidate.isUp()
                    && candidate.supportsMulticast()
                    && !candidate.isLoopback()
                    && candidate.getInterfaceAddresses().stream()
                            .anyMatch(address -> address.getAddress().getAddress().length == 4);
        } catch (SocketException e) {
            return false;
        }
    }
}
