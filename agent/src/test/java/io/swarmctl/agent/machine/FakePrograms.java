package io.swarmctl.agent.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The machine's programs, which do to the file tree what the real ones do to a machine. */
final class FakePrograms implements Commands {
    /** Everything that others on the machine could have seen: arguments and environments. */
    final List<String> visible = new ArrayList<>();

    final FakeApt apt;
    final FakeSystemd systemd;
    /** What the firmware's tool says; empty: there is none. */
    String throttled = "";

    private final FileTree tree;

    FakePrograms(FileTree tree) {
        this.tree = tree;
        this.apt = new FakeApt(tree);
        this.systemd = new FakeSystemd(tree);
    }

    @Override
    public Result run(Command command, Output output) {
        visible.add(command + " " + command.environment());
        Result result = dispatch(withoutShell(command));
        result.lines().forEach(output::line);
        return result;
    }

    static Result ok(String... lines) {
        return new Result(0, List.of(lines));
    }

    static Result failed(int status, String... lines) {
        return new Result(status, List.of(lines));
    }

    /** {@code sh -c 'exec "$@"' NAME PROGRAM ...} runs that program. */
    private static Command withoutShell(Command command) {
        return command.name().equals("sh")
                ? Command.of(command.argv().subList(4, command.argv().size())).reading(command.input())
                : command;
    }

    private Result dispatch(Command command) {
        List<String> argv = command.argv();
        String last = argv.get(argv.size() - 1);
        return switch (command.name()) {
            case "useradd" -> useradd(argv, last);
            case "chpasswd" -> chpasswd(command.input().strip());
            case "passwd" -> lock(last);
            case "groupadd" -> groupadd(last);
            case "usermod" -> usermod(argv.get(argv.indexOf("--groups") + 1), last);
            case "hostname" -> hostname(last);
            case "ssh-keygen" -> sshKeygen();
            case "dpkg" -> last.equals("--print-architecture") ? ok("arm64") : apt.dpkg(argv);
            case "apt-get" -> apt.get(argv);
            case "apt-cache" -> apt.cache(last);
            case "systemctl" -> systemd.control(argv);
            case "journalctl" -> systemd.journal();
            case "update-alternatives" -> systemd.alternatives(argv);
            case "vcgencmd" -> ok("throttled=" + throttled);
            default -> failed(127, command.name() + ": not found");
        };
    }

    private Result useradd(List<String> argv, String name) {
        if (tree.read("etc/passwd").contains("\n" + name + ":")) {
            return failed(9, "useradd: user '" + name + "' already exists");
        }
        boolean groupExists = tree.read("etc/group").contains("\n" + name + ":");
        if (groupExists && !argv.contains("--gid")) {
            return failed(9, "useradd: group " + name + " exists");
        }
        int uid = Math.max(1001, tree.myUid());
        tree.edit("etc/passwd", text -> text + name + ":x:" + uid + ":1001::/home/" + name + ":/bin/bash\n");
        tree.edit("etc/shadow", text -> text + name + ":!:20000:0:99999:7:::\n");
        if (!groupExists) {
            tree.edit("etc/group", text -> text + name + ":x:1001:\n");
        }
        tree.write("home/" + name + "/.profile", "");
        return ok();
    }

    private Result chpasswd(String line) {
        String[] fields = line.split(":", 2);
        tree.edit(
                "etc/shadow",
                text -> Pattern.compile("(?m)^" + fields[0] + ":[^:]*:")
                        .matcher(text)
                        .replaceAll(Matcher.quoteReplacement(line + ":")));
        return ok();
    }

    private Result lock(String name) {
        tree.edit(
                "etc/shadow",
                text -> Pattern.compile("(?m)^" + name + ":(!?)").matcher(text).replaceAll(name + ":!"));
        return ok("passwd: password changed.");
    }

    private Result groupadd(String name) {
        tree.edit("etc/group", text -> text + name + ":x:997:\n");
        return ok();
    }

    private Result usermod(String group, String user) {
        if (!tree.read("etc/group").contains("\n" + group + ":")) {
            return failed(6, "usermod: group '" + group + "' does not exist");
        }
        tree.edit(
                "etc/group",
                text -> Pattern.compile("(?m)^(" + group + ":x:\\d+:)(.*)$")
                        .matcher(text)
                        .replaceAll(
                                line -> line.group(1) + (line.group(2).isEmpty() ? "" : line.group(2) + ",") + user));
        return ok();
    }

    private Result hostname(String name) {
        tree.write("proc/sys/kernel/hostname", name + "\n");
        return ok();
    }

    private Result sshKeygen() {
        tree.write("etc/ssh/ssh_host_ed25519_key", "private");
        return ok("ssh-keygen: generating new host keys: ED25519");
    }
}
