package io.swarmctl.agent.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;

/** The SSH keys that open one account. */
final class AuthorizedKeys {
    private final Accounts.Account account;
    private final Path directory;
    private final Path file;

    AuthorizedKeys(Layout layout, Accounts.Account account) {
        this.account = account;
        this.directory = layout.at(account.home()).resolve(".ssh");
        this.file = directory.resolve("authorized_keys");
    }

    /** The keys that sshd would honour: none when others could have written them. */
    List<String> read() throws MachineException {
        if (!isTheirsAlone(directory) || !isTheirsAlone(file)) {
            return List.of();
        }
        return Layout.text(file)
                .orElse("")
                .lines()
                .map(String::strip)
                .filter(AuthorizedKeys::isKey)
                .toList();
    }

    void write(List<String> keys) throws MachineException {
        for (String key : keys) {
            if (!isKey(key) || key.chars().anyMatch(Character::isISOControl)) {
                throw new MachineException(
                        "one of the SSH keys for " + account.name() + " is not a single line",
                        "correct the SSH keys in the fleet's policy",
                        false,
                        null);
            }
        }
        try {
            prepareDirectory();
        } catch (IOException e) {
            throw DurableFile.failure("prepare " + directory, e);
        }
        String content = keys.isEmpty() ? "" : String.join("\n", keys) + "\n";
        DurableFile.writePrivate(file, content, account.uid(), account.gid());
    }

    private void prepareDirectory() throws IOException, MachineException {
        if (Files.isSymbolicLink(directory)) {
            throw new MachineException(
                    directory + " is a link; keys are not written through links",
                    "replace it by a directory, or remove it",
                    false,
                    null);
        }
        Files.createDirectories(directory);
        DurableFile.own(directory, "rwx------", account.uid(), account.gid());
    }

    private boolean isTheirsAlone(Path path) throws MachineException {
        try {
            if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            int owner = (Integer) Files.getAttribute(path, "unix:uid");
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path);
            return (owner == account.uid() || owner == 0)
                    && !mode.contains(PosixFilePermission.GROUP_WRITE)
                    && !mode.contains(PosixFilePermission.OTHERS_WRITE);
        } catch (IOException e) {
            throw DurableFile.failure("read " + path, e);
        }
    }

    private static boolean isKey(String line) {
        return !line.isBlank() && !line.startsWith("#");
    }
}
