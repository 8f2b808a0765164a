package io.swarmctl.agent.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmctl.common.trust.TrustException;
import io.swarmctl.common.wire.Fingerprint;
import io.swarmctl.common.wire.UserFacts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccountsTest {
    private static final String HASH = "$y$j9T$EEtBf5cBcVQkFJkTrGuTt/$9wK1BlIxn1zbYjcCsDR0CvJqWlZ4bTtnSg7NLZz4Wg5";
    private static final String KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGd6 ada@example";

    @TempDir
    private Path root;

    private FileTree tree;
    private FakePrograms programs;
    private Accounts accounts;
    private final Lines output = new Lines();

    @BeforeEach
    void freshPi() {
        tree = FileTree.at(root);
        programs = new FakePrograms(tree);
        accounts = new Accounts(tree.layout(), programs, any -> HASH);
    }

    private UserFacts user(String name) throws MachineException {
        return accounts.facts().stream()
                .filter(user -> user.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void rootAndThePeopleAreAccountsAndTheSystemsOwnAreNot() throws MachineException {
        assertThat(accounts.facts()).extracting(UserFacts::name).containsExactly("root", "pi");
        assertThat(user("pi").groups()).containsExactly("pi", "sudo");
        assertThat(user("pi").isLocked()).isTrue();
    }

    @Test
    void aPasswordIsKnownByTheFingerprintOfItsHash() throws MachineException {
        tree.edit("etc/shadow", text -> text.replace("pi:!:", "pi:" + HASH + ":"));

        assertThat(user("pi").passwordFingerprint()).isEqualTo(Fingerprint.of(HASH));
    }

    @Test
    void aDisabledPasswordLocksTheAccount() throws MachineException {
        tree.edit("etc/shadow", text -> text.replace("pi:!:", "pi:!" + HASH + ":"));

        assertThat(user("pi").isLocked()).isTrue();
    }

    @Test
    void anEmptyPasswordDoesNotLockTheAccountButOpensIt() throws MachineException {
        tree.edit("etc/shadow", text -> text.replace("pi:!:", "pi::"));

        assertThat(user("pi").isLocked()).isFalse();

        accounts.lockPassword("pi", output);

        assertThat(user("pi").isLocked()).isTrue();
    }

    @Test
    void aUserIsMadeGivenAPasswordAndAddedToAGroupThatWasNotThere() throws MachineException {
        accounts.create("ada", output);
        accounts.setPassword("ada", "sealed", output);
        accounts.addToGroup("ada", "docker", output);

        assertThat(user("ada").passwordFingerprint()).isEqualTo(Fingerprint.of(HASH));
        assertThat(user("ada").groups()).containsExactly("ada", "docker");
    }

    @Test
    void aUserIsMadeEvenWhenAGroupHasThatName() throws MachineException {
        tree.edit("etc/group", text -> text + "ada:x:1005:\n");

        accounts.create("ada", output);

        assertThat(user("ada").name()).isEqualTo("ada");
    }

    @Test
    void makingAUserTwiceChangesNothing() throws MachineException {
        accounts.create("ada", output);
        String before = tree.read("etc/passwd");

        accounts.create("ada", output);

        assertThat(tree.read("etc/passwd")).isEqualTo(before);
    }

    @Test
    void aNameOfTheSystemsIsNotGivenToAPerson() {
        assertThatThrownBy(() -> accounts.create("daemon", output))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("belongs to an account of the system");
    }

    @Test
    void namesThatAnOptionParserCouldMisunderstandAreRefused() {
        for (String name : List.of("-G", "a b", "ada:0", "", "ada\nroot", "Ada")) {
            assertThatThrownBy(() -> accounts.create(name, output)).isInstanceOf(MachineException.class);
        }
        assertThat(programs.visible).isEmpty();
    }

    @Test
    void thePasswordHashIsSeenByNobody() throws MachineException {
        accounts.setPassword("pi", "sealed", output);

        assertThat(user("pi").passwordFingerprint()).isEqualTo(Fingerprint.of(HASH));
        assertThat(programs.visible).isNotEmpty().noneMatch(line -> line.contains(HASH));
        assertThat(output.text()).doesNotContain(HASH);
    }

    @Test
    void aHashThatWouldEndTheLineIsRefusedWithoutBeingRepeated() {
        Accounts cheated = new Accounts(tree.layout(), programs, any -> "secret\nroot:secret");

        assertThatThrownBy(() -> cheated.setPassword("pi", "sealed", output))
                .isInstanceOf(MachineException.class)
                .message()
                .doesNotContain("secret");
    }

    @Test
    void aTextSealedToSomebodyElseFailsTheAction() {
        Accounts other = new Accounts(tree.layout(), programs, any -> {
            throw new TrustException("cannot be opened with this key", null);
        });

        assertThatThrownBy(() -> other.setPassword("pi", "sealed", output)).isInstanceOf(MachineException.class);
    }

    @Test
    void keysAreWrittenForTheirOwnerAlone() throws Exception {
        accounts.setAuthorizedKeys("pi", List.of(KEY));

        Path file = tree.path("home/pi/.ssh/authorized_keys");
        assertThat(user("pi").authorizedKeys()).containsExactly(KEY);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");

        accounts.setAuthorizedKeys("pi", List.of());

        assertThat(user("pi").authorizedKeys()).isEmpty();
    }

    @Test
    void keysThatOthersCouldHaveWrittenDoNotCount() throws Exception {
        accounts.setAuthorizedKeys("pi", List.of(KEY));
        Files.setPosixFilePermissions(
                tree.path("home/pi/.ssh/authorized_keys"), PosixFilePermissions.fromString("rw-rw-rw-"));

        assertThat(user("pi").authorizedKeys()).isEmpty();
    }

    @Test
    void keysAreNotWrittenThroughALink() throws Exception {
        Files.createDirectories(tree.path("home/pi"));
        Files.createSymbolicLink(tree.path("home/pi/.ssh"), tree.path("etc"));

        assertThatThrownBy(() -> accounts.setAuthorizedKeys("pi", List.of(KEY)))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("link");
    }

    @Test
    void aKeyOfTwoLinesIsRefused() {
        assertThatThrownBy(() -> accounts.setAuthorizedKeys("pi", List.of(KEY + "\n" + KEY)))
                .isInstanceOf(MachineException.class);
    }
}
