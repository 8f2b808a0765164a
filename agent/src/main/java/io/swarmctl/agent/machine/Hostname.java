package io.swarmctl.agent.machine;

import io.swarmctl.agent.machine.Commands.Command;
import io.swarmctl.common.wire.HostnameFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The machine's name in its three places: the kernel, {@code /etc/hostname}, and 127.0.1.1 in {@code /etc/hosts}. */
final class Hostname {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern OWN_LINE = Pattern.compile("\\s*127\\.0\\.1\\.1\\s+(\\S+).*");
    private static final Pattern LOCALHOST_LINE = Pattern.compile("\\s*127\\.0\\.0\\.1\\s.*");

    private static final String CLOUD_INIT = """
            # cloud-init would set the image's hostname again at every boot
            preserve_hostname: true
            manage_etc_hosts: false
            """;

    private final Layout layout;
    private final Commands commands;

    Hostname(Layout layout, Commands commands) {
        this.layout = layout;
        this.commands = commands;
    }

    HostnameFacts facts() throws MachineException {
        String hosts = hostsLines().stream()
                .map(OWN_LINE::matcher)
                .filter(Matcher::matches)
                .map(line -> line.group(1))
                .findFirst()
                .orElse("");
        return new HostnameFacts(
                layout.text("proc/sys/kernel/hostname").orElse("").strip(),
                layout.text("etc/hostname").orElse("").strip(),
                hosts);
    }

    void set(String name, Output output) throws MachineException {
        if (!NAME.matcher(name).matches()) {
            throw new MachineException(
                    "'" + name + "' is not a hostname",
                    "rename the node: lower-case letters, digits and -, at most 63",
                    false,
                    null);
        }
        // The names of the network first: between the steps, sudo must still find the machine's own name.
        DurableFile.write(layout.at("etc/hosts"), String.join("\n", hostsNaming(name)) + "\n");
        DurableFile.write(layout.at("etc/hostname"), name + "\n");
        if (layout.exists("etc/cloud")) {
            DurableFile.write(layout.at("etc/cloud/cloud.cfg.d/99-swarmctl.cfg"), CLOUD_INIT);
        }
        commands.succeed(Command.of("hostname", name), output);
    }

    private List<String> hostsNaming(String name) throws MachineException {
        List<String> lines = new ArrayList<>(hostsLines());
        int at = first(lines, OWN_LINE);
        lines.removeIf(line -> OWN_LINE.matcher(line).matches());
        if (at < 0) {
            at = first(lines, LOCALHOST_LINE) + 1;
        }
        if (first(lines, LOCALHOST_LINE) < 0) {
            lines.add(0, "127.0.0.1\tlocalhost");
            at++;
        }
        lines.add(at, "127.0.1.1\t" + name);
        return lines;
    }

    private static int first(List<String> lines, Pattern form) {
        for (int i = 0; i < lines.size(); i++) {
            if (form.matcher(lines.get(i)).matches()) {
                return i;
            }
        }
        return -1;
    }

    private List<String> hostsLines() throws MachineException {
        return layout.text("etc/hosts").map(text -> text.lines().toList()).orElse(List.of());
    }
}
