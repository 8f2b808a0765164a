package io.swarmctl.agent.machine;

import io.swarmctl.agent.machine.Commands.Command;
import io.swarmctl.common.wire.Fingerprint;
import io.swarmctl.common.wire.UserFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The accounts that people could log in to: root, and those that were made for people. */
final class Accounts {
    /** What useradd takes on Debian, and nothing that a shell or an option parser could take for something else. */
    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_-]{0,31}");

    /** A crypt(5) hash, with nothing that could end the field or the line. */
    private static final Pattern HASH = Pattern.compile("[!*]|[!-9;-~]{13,512}");

    private static final Pattern ACCOUNT = Pattern.compile("([^:]+):[^:]*:(\\d{1,9}):(\\d{1,9}):[^:]*:([^:]*)(?::.*)?");
    private static final Pattern GROUP = Pattern.compile("([^:]+):[^:]*:(\\d{1,9}):(.*)");

    private static final int FIRST_FOR_PEOPLE = 1000;
    private static final int NOBODY = 65_534;

    private final Layout layout;
    private final Commands commands;
    private final SealedTexts sealedTexts;

    Accounts(Layout layout, Commands commands, SealedTexts sealedTexts) {
        this.layout = layout;
        this.commands = commands;
        this.sealedTexts = sealedTexts;
    }

    List<UserFacts> facts() throws MachineException {
        Map<String, String> hashes = lines("etc/shadow").stream()
                .map(line -> line.split(":", -1))
                .filter(fields -> fields.length > 1)
                .collect(Collectors.toMap(fields -> fields[0], fields -> fields[1], (first, second) -> first));
        List<Group> groups = groups();
        List<UserFacts> facts = new ArrayList<>();
        for (Account account : accounts()) {
            if (account.isForPeople()) {
                facts.add(new UserFacts(
                        account.name(),
                        passwordFingerprint(hashes.getOrDefault(account.name(), "*")),
                        groupsOf(account, groups),
                        new AuthorizedKeys(layout, account).read()));
            }
        }
        return facts;
    }

    /** Empty when no password opens the account. An empty hash does: without any, so it is not locked. */
    private static String passwordFingerprint(String hash) {
        return hash.startsWith("!") || hash.startsWith("*") ? "" : Fingerprint.of(hash);
    }

    void create(String name, Output output) throws MachineException {
        requireName(name, "user");
        Optional<Account> known = account(name);
        if (known.isPresent()) {
            if (!known.get().isForPeople()) {
                throw new MachineException(
                        "the name " + name + " belongs to an account of the system",
                        "choose another name for the first user in the fleet's policy",
                        false,
                        null);
            }
            return;
        }
        List<String> argv = new ArrayList<>(List.of("useradd", "--create-home", "--shell", "/bin/bash"));
        if (group(name).isPresent()) {
            argv.addAll(List.of("--gid", name));
        }
        argv.add(name);
        commands.succeed(Command.of(argv), output);
    }

    void setPassword(String user, String sealedHash, Output output) throws MachineException {
        requireName(user, "user");
        String hash = sealedTexts.secret(sealedHash).strip();
        if (!HASH.matcher(hash).matches()) {
            throw new MachineException(
                    "the password hash for " + user + " is not one that crypt(5) knows",
                    "set the first user's password hash anew in the fleet's policy",
                    false,
                    null);
        }
        commands.succeed(Command.of("chpasswd", "--encrypted").reading(user + ":" + hash + "\n"), output);
    }

    void lockPassword(String user, Output output) throws MachineException {
        requireName(user, "user");
        commands.succeed(Command.of("passwd", "--quiet", "--lock", user), output);
    }

    void setAuthorizedKeys(String user, List<String> keys) throws MachineException {
        Account account = account(user)
                .orElseThrow(() -> new MachineException(
                        "there is no user " + user, "nothing to do: the agent makes the user first", true, null));
        new AuthorizedKeys(layout, account).write(keys);
    }

    void addToGroup(String user, String group, Output output) throws MachineException {
        requireName(user, "user");
        requireName(group, "group");
        if (group(group).isEmpty()) {
            commands.succeed(Command.of("groupadd", "--system", group), output);
        }
        commands.succeed(Command.of("usermod", "--append", "--groups", group, user), output);
    }

    private static void requireName(String name, String what) throws MachineException {
        if (!NAME.matcher(name).matches()) {
            throw new MachineException(
                    "'" + name + "' is not a " + what + " name",
                    "use lower-case letters, digits, - and _, and begin with a letter",
                    false,
                    null);
        }
    }

    private Optional<Account> account(String name) throws MachineException {
        return accounts().stream()
                .filter(account -> account.name().equals(name))
                .findFirst();
    }

    private Optional<Group> group(String name) throws MachineException {
        return groups().stream().filter(group -> group.name().equals(name)).findFirst();
    }

    private static List<String> groupsOf(Account account, List<Group> groups) {
        return groups.stream()
                .filter(group -> group.gid() == account.gid() || group.members().contains(account.name()))
                .map(Group::name)
                .collect(Collectors.collectingAndThen(Collectors.toCollection(TreeSet::new), List::copyOf));
    }

    private List<Account> accounts() throws MachineException {
        return parsed(
                "etc/passwd",
                ACCOUNT,
                line -> new Account(
                        line.group(1),
                        Integer.parseInt(line.group(2)),
                        Integer.parseInt(line.group(3)),
                        line.group(4)));
    }

    private List<Group> groups() throws MachineException {
        return parsed(
                "etc/group",
                GROUP,
                line -> new Group(
                        line.group(1),
                        Integer.parseInt(line.group(2)),
                        List.of(line.group(3).split(","))));
    }

    /** Lines that are not of the file's form are left out, as the C library does. */
    private <T> List<T> parsed(String file, Pattern form, Function<Matcher, T> parser) throws MachineException {
        return lines(file).stream()
                .map(form::matcher)
                .filter(Matcher::matches)
                .map(parser)
                .toList();
    }

    private List<String> lines(String file) throws MachineException {
        return layout.text(file).map(text -> text.lines().toList()).orElse(List.of());
    }

    /** A line of {@code /etc/passwd}. */
    record Account(String name, int uid, int gid, String home) {
        boolean isForPeople() {
            return uid == 0 || (uid >= FIRST_FOR_PEOPLE && uid != NOBODY);
        }
    }

    private record Group(String name, int gid, List<String> members) {}
}
