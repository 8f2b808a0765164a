package io.swarmctl.agent.machine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A network in which everybody answers who is not silent. */
final class FakeNetwork implements Network {
    final Set<String> silent = new HashSet<>();
    private final List<Address> addresses = new ArrayList<>();

    FakeNetwork with(String interfaceName, String ip) {
        addresses.add(new Address(interfaceName, ip));
        return this;
    }

    @Override
    public List<Address> addresses() {
        return List.copyOf(addresses);
    }

    @Override
    public boolean answers(String address) {
        return !silent.contains(address);
    }
}
