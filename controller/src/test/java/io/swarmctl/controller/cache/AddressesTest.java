package io.swarmctl.controller.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
    /** As if this machine were in a network of public addresses. */
    private static final List<Addresses.Net> OURS = List.of(Addresses.Net.of("151.101.2.7", 22));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.9.9.9",
                "0.0.0.0",
                "10.0.0.1",
                "10.77.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "198.18.0.1",
                "224.0.0.251",
                "255.255.255.255",
                "240.0.0.1",
                "::",
                "::1",
                "fe80::1",
                "fd00::1",
                "fc00::1",
                "ff02::fb",
                "fec0::1",
                "::10.0.0.1",
                "::ffff:192.168.1.1",
                "64:ff9b::10.0.0.1",
                "64:ff9b::7f00:1",
                "2002:a00:1::1",
                "151.101.0.1",
                "151.101.3.255"
            })
    void insideTheNetwork(String address) throws UnknownHostException {
        assertThat(Addresses.isOutside(InetAddress.getByName(address), OURS)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "151.101.4.1",
                "172.15.0.1",
                "172.32.0.1",
                "100.128.0.1",
                "9.255.255.255",
                "11.0.0.0",
                "2a04:4e42::644",
                "64:ff9b::9765:8401",
                "2002:9765:8401::1",
                "223.255.255.1"
            })
    void outInTheWorld(String address) throws UnknownHostException {
        assertThat(Addresses.isOutside(InetAddress.getByName(address), OURS)).isTrue();
    }
}
