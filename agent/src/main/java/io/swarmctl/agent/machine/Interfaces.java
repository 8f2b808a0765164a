package io.swarmctl.agent.machine;

import io.swarmctl.common.wire.InterfaceFacts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The IPv4 addresses of the interfaces that lead out of the machine. */
final class Interfaces {
    /** Docker's own, and those of other virtual networks inside the machine. */
    private static final Pattern INSIDE = Pattern.compile("lo|docker.*|veth.*|br-.*|virbr.*|vb-.*|ve-.*|dummy.*|ifb.*");

    /** The kernel's ARPHRD_ETHER; wifi has it too. */
    private static final String ETHERNET = "1";

    private static final String ANYWHERE = "00000000";
    private static final int UP_AND_GATEWAY = 3;

    private final Layout layout;
    private final Network network;

    Interfaces(Layout layout, Network network) {
        this.layout = layout;
        this.network = network;
    }

    List<InterfaceFacts> facts() throws MachineException {
        String defaultRoute = defaultRoute().orElse("");
        List<InterfaceFacts> facts = new ArrayList<>();
        try {
            for (Network.Address address : network.addresses()) {
                String name = address.interfaceName();
                if (!INSIDE.matcher(name).matches()) {
                    facts.add(new InterfaceFacts(name, address.ip(), isWired(name), name.equals(defaultRoute)));
                }
            }
        } catch (IOException e) {
            throw new MachineException("cannot read the network interfaces: " + e.getMessage(), "reboot", true, e);
        }
        facts.sort(Comparator.comparing(InterfaceFacts::name).thenComparing(InterfaceFacts::address));
        return facts;
    }

    private boolean isWired(String name) throws MachineException {
        String directory = "sys/class/net/" + name;
        boolean isWireless = layout.exists(directory + "/wireless") || layout.exists(directory + "/phy80211");
        return layout.text(directory + "/type").orElse("").strip().equals(ETHERNET) && !isWireless;
    }

    private Optional<String> defaultRoute() throws MachineException {
        return layout.text("proc/net/route")
                .orElse("")
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields.length > 7 && fields[1].equals(ANYWHERE) && fields[7].equals(ANYWHERE))
                .filter(fields -> (Integer.parseInt(fields[3], 16) & UP_AND_GATEWAY) == UP_AND_GATEWAY)
                .min(Comparator.comparingInt(fields -> Integer.parseInt(fields[6])))
                .map(fields -> fields[0]);
    }
}
