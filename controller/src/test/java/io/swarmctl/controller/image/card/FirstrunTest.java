package io.swarmctl.controller.image.card;

import static io.swarmctl.controller.image.TestTools.need;
import static io.swarmctl.controller.image.TestTools.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.controller.image.TestDocker;
import io.swarmctl.controller.image.TestKit;
import io.swarmctl.controller.image.TestSettings;
import io.swarmctl.controller.image.card.BootedCard.End;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script that runs in a card's first boot, on a tree that stands for the card. */
class FirstrunTest {
    private static final String RUN = " systemd.run=/boot/firmware/swarmctl-firstrun.sh"
            + " systemd.run_success_action=none systemd.run_failure_action=reboot"
            + " systemd.unit=kernel-command-line.target";
    private static final String IMAGER = " systemd.run=/boot/firmware/firstrun.sh"
            + " systemd.run_success_action=reboot systemd.unit=kernel-command-line.target";

    @TempDir
    Path directory;

    private CardFiles files;

    @BeforeEach
    void prepare() throws Exception {
        need("sh", "bash", "tar", "gzip", "sed", "dd", "timeout");
        files = new CardFiles(TestKit.in(directory.resolve("kit")), TestSettings.full());
    }

    /** JUnit warns of links that lead out of its directory. */
    @AfterEach
    void removeCards() {
        run("find", directory.toString(), "-type", "l", "-delete");
    }

    private BootedCard card(String name) throws Exception {
        return BootedCard.flashed(directory.resolve(name), files, "console=tty1 root=PARTUUID=1-02 rootwait" + RUN);
    }

    @Test
    void afterTheFirstBootTheAgentIsInstalledAndNothingElseIsLeft() throws Exception {
        BootedCard card = card("card");

        card.bootUntilSettled();

        assertThat(card.file("boot/firmware/cmdline.txt")).hasContent("console=tty1 root=PARTUUID=1-02 rootwait\n");
        assertThat(card.names("boot/firmware"))
                .containsExactlyInAnyOrder("cmdline.txt", "swarmctl-image.json", "swarmctl-firstrun.log");
        assertThat(card.file("opt/swarmctl/runtime/bin/java")).isExecutable();
        assertThat(card.file("etc/systemd/system/multi-user.target.wants/swarm-agent.service"))
                .isSymbolicLink();
        assertThat(card.file("etc/swarm-agent/enrolment.key")).hasContent(TestSettings.KEY);
    }

    @Test
    void noAccountKeepsAPassword() throws Exception {
        BootedCard card = card("card");

        card.bootUntilSettled();

        assertThat(card.file("etc/shadow"))
                .hasContent("root:*:19000:0:99999:7:::\ndaemon:*:1::::::\nopen:!:1::::::\npi:!:19000:0:99999:7:::\n");
        assertThat(card.file("wizard")).doesNotExist();
    }

    @Test
    void wifiRegionAndNamesAreSettled() throws Exception {
        BootedCard card = card("card");

        card.bootUntilSettled();

        assertThat(card.file("etc/timezone")).hasContent("Europe/Berlin");
        assertThat(Files.readSymbolicLink(card.file("etc/localtime"))).hasToString("/usr/share/zoneinfo/Europe/Berlin");
        assertThat(card.file("etc/default/locale")).hasContent("LANG=de_DE.UTF-8");
        assertThat(card.file("etc/locale.gen")).hasContent("en_GB.UTF-8 UTF-8\nde_DE.UTF-8 UTF-8");
        assertThat(card.file("etc/default/keyboard")).content().contains("XKBLAYOUT=\"de\"");
        assertThat(card.file("var/lib/systemd/rfkill/platform-mmc:wlan")).hasContent("0");
        assertThat(card.file("var/lib/NetworkManager/NetworkManager.state")).doesNotExist();
        assertThat(card.file("etc/cloud/cloud.cfg.d/99_swarmctl.cfg")).content().contains("preserve_hostname: true");
        assertThat(card.file("etc/systemd/system/multi-user.target.wants/ssh.service"))
                .doesNotExist();
    }

    /** A kill before each command that the script executes, and boots until nothing changes any more. */
    @Test
    void howeverOftenThePowerFailsTheEndIsTheSame() throws Exception {
        files = new CardFiles(
                TestKit.in(directory.resolve("kit"))
                        .with(TestDocker.in(directory.resolve("docker"), "trixie", "arm64")),
                TestSettings.withUser("ada"));
        BootedCard whole = card("whole");
        whole.bootUntilSettled();
        Map<String, String> expected = whole.state();

        int commands = 1;
        for (boolean cut = true; cut; commands++) {
            BootedCard card = card("cut-" + commands);
            cut = card.boot(commands) == End.CUT;
            card.bootUntilSettled();

            assertThat(card.state()).as("killed before command " + commands).isEqualTo(expected);
            run("rm", "-rf", card.root().toString());
        }
        assertThat(commands).isGreaterThan(90);
    }

    /** Power that fails in every boot, a little later each time. */
    @Test
    void powerThatFailsAgainAndAgainIsNoHarm() throws Exception {
        BootedCard whole = card("whole");
        whole.bootUntilSettled();
        BootedCard card = card("card");

        for (int commands = 5; card.boot(commands) == End.CUT; commands += 5) {
            assertThat(card.isArmed() || card.goesOn()).isTrue();
        }

        card.bootUntilSettled();
        assertThat(card.state()).isEqualTo(whole.state());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 6})
    void anUnpackingThatWasCutOffIsDoneAgain(int unpackedFiles) throws Exception {
        BootedCard whole = card("whole");
        whole.bootUntilSettled();
        BootedCard card = card("card");

        assertThat(card.bootUntilUnpacked(unpackedFiles)).isEqualTo(End.CUT);
        card.bootUntilSettled();

        assertThat(card.state()).isEqualTo(whole.state());
    }

    /** On a board whose clock is years behind, everything on the card is from the future. */
    @Test
    void filesFromTheFutureAreUnpackedWithoutAWordOnEach() throws Exception {
        BootedCard card = card("card");
        Path payload = card.file("boot/firmware/swarmctl-payload.deb");
        String repack = "dpkg-deb --raw-extract \"$0\" \"$1\" && find \"$1\" -exec touch -hd 2100-01-01 {} +"
                + " && dpkg-deb --build \"$1\" \"$0\"";
        run("sh", "-c", repack, payload.toString(), directory.resolve("future").toString());

        card.bootUntilSettled();

        assertThat(card.file("opt/swarmctl/runtime/bin/java")).isExecutable();
        assertThat(card.console()).doesNotContain("tar:");
    }

    @Test
    void thePackagesOfDockerLieWhereTheAgentLooksForThem() throws Exception {
        files = new CardFiles(
                TestKit.in(directory.resolve("kit"))
                        .with(TestDocker.in(directory.resolve("docker"), "trixie", "arm64")),
                TestSettings.full());
        BootedCard card = card("card");

        card.bootUntilSettled();

        assertThat(card.names("opt/swarmctl/packages"))
                .containsExactlyInAnyOrder(TestDocker.PACKAGE, DockerManifest.INDEX);
    }

    private BootedCard cardWithUser(String name) throws Exception {
        files = new CardFiles(TestKit.in(directory.resolve("kit")), TestSettings.withUser(name));
        return card("card");
    }

    private static void hasTheUser(BootedCard card, String name, int id) throws Exception {
        assertThat(card.file("etc/passwd")).content().contains("\n" + name + ":x:" + id + ":");
        assertThat(card.file("etc/shadow")).content().contains("\n" + name + ":" + TestSettings.HASH + ":");
        assertThat(card.file("etc/group")).content().contains("sudo:x:27:" + name + "\n");
        Path keys = card.file("home/" + name + "/.ssh/authorized_keys");
        assertThat(keys).hasContent("ssh-ed25519 AAAA ada@laptop\nssh-ed25519 BBBB");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.getParent())))
                .isEqualTo("rwx------");
        assertThat(card.root().resolveSibling("chown.log")).content().contains(id + ":" + id + " ");
    }

    /** Its groups are those that matter on a Pi. */
    @Test
    void raspberryPiOsGivesItsUserTheNameThatTheFleetWants() throws Exception {
        BootedCard card = cardWithUser("ada");

        card.bootUntilSettled();

        hasTheUser(card, "ada", 1000);
        assertThat(card.file("etc/passwd")).content().doesNotContain("pi:");
        assertThat(card.file("wizard")).doesNotExist();
    }

    @Test
    void theUserOfTheImageGetsThePasswordWhenTheFleetWantsThatName() throws Exception {
        BootedCard card = cardWithUser("pi");

        card.bootUntilSettled();

        hasTheUser(card, "pi", 1000);
    }

    @Test
    void aNameThatRaspberryPiOsDoesNotTakeIsAnAccountOfItsOwn() throws Exception {
        BootedCard card = cardWithUser("ada_l");

        card.bootUntilSettled();

        hasTheUser(card, "ada_l", 1001);
        assertThat(card.file("etc/shadow")).content().contains("\npi:!:");
    }

    @Test
    void anAccountOfTheSystemIsNotOpened() throws Exception {
        BootedCard card = cardWithUser("daemon");

        card.bootUntilSettled();

        assertThat(card.file("etc/shadow")).content().contains("\ndaemon:*:").doesNotContain(TestSettings.HASH);
        assertThat(card.log()).contains("daemon belongs to an account of the system");
        assertThat(card.file("opt/swarmctl/user")).doesNotExist();
    }

    @Test
    void plainDebianGetsTheUser() throws Exception {
        BootedCard card = cardWithUser("ada");
        Files.delete(card.file("usr/lib/userconf-pi/userconf"));

        card.bootUntilSettled();

        hasTheUser(card, "ada", 1001);
    }

    @Test
    void thePasswordOfTheUserIsInNoArgumentAndNoLogAndNoFileButShadow() throws Exception {
        BootedCard card = cardWithUser("ada");

        card.bootUntilSettled();

        assertThat(card.root().resolveSibling("chpasswd.log")).hasContent("--encrypted");
        assertThat(run("grep", "-rlF", TestSettings.HASH, card.root().toString())
                        .strip())
                .isEqualTo(card.file("etc/shadow").toString());
        assertThat(card.file("opt/swarmctl/user")).doesNotExist();
    }

    @Test
    void aDamagedPayloadIsToldAndTheSystemBootsWithoutALoop() throws Exception {
        BootedCard card = card("card");
        byte[] payload = Files.readAllBytes(card.file("boot/firmware/swarmctl-payload.deb"));
        payload[payload.length / 2] ^= 1;
        Files.write(card.file("boot/firmware/swarmctl-payload.deb"), payload);

        assertThat(card.boot()).isEqualTo(End.DONE);

        assertThat(card.isArmed()).isFalse();
        assertThat(card.log()).contains("missing or damaged: flash the card again");
        assertThat(card.file("etc/systemd/system/multi-user.target.wants/swarm-agent.service"))
                .doesNotExist();
        assertThat(card.file("etc/shadow")).content().contains("pi:!:");
    }

    @Test
    void theBootGoesOnOnceTheAgentIsInstalled() throws Exception {
        files = new CardFiles(TestKit.in(directory.resolve("kit")), TestSettings.withoutRegion());
        BootedCard card = card("card");

        card.boot();

        assertThat(card.askedOfSystemd())
                .endsWith("--no-block start swarm-agent.service graphical.target\n")
                .doesNotContain("daemon-reload")
                .doesNotContain("reboot");
    }

    @Test
    void aSystemdThatDoesNotFindTheAgentReadsItsUnitsAgain() throws Exception {
        files = new CardFiles(TestKit.in(directory.resolve("kit")), TestSettings.withoutRegion());
        BootedCard card = card("card");
        card.systemdIsForgetful();

        card.boot();

        assertThat(card.askedOfSystemd())
                .endsWith("daemon-reload\n--no-block start swarm-agent.service graphical.target\n");
    }

    /** Language and keyboard are read by systemd itself, and before the script has its turn. */
    @Test
    void theLanguageTakesAnotherBoot() throws Exception {
        BootedCard card = card("card");

        card.boot();

        assertThat(card.askedOfSystemd()).endsWith("--no-block reboot\n").doesNotContain("start");
    }

    @Test
    void theBootGoesOnToWhatThisSystemHasBeenSetTo() throws Exception {
        files = new CardFiles(TestKit.in(directory.resolve("kit")), TestSettings.withoutRegion());
        BootedCard card = card("card");
        Files.createSymbolicLink(
                card.file("etc/systemd/system/default.target"), Path.of("/lib/systemd/system/multi-user.target"));

        card.boot();

        assertThat(card.askedOfSystemd()).endsWith("--no-block start swarm-agent.service multi-user.target\n");
    }

    @Test
    void theBootGoesOnAlsoWithoutTheAgent() throws Exception {
        BootedCard card = card("card");
        Files.delete(card.file("boot/firmware/swarmctl-payload.deb"));

        card.boot();

        assertThat(card.askedOfSystemd()).endsWith("--no-block start graphical.target\n");
    }

    /** Imager overwrites firstrun.sh and appends to the command line; whoever is first must leave the other its turn. */
    @Test
    void imagersOwnScriptHasItsTurnToo() throws Exception {
        BootedCard card = card("card");
        Files.writeString(
                card.file("boot/firmware/cmdline.txt"),
                "console=tty1 root=PARTUUID=1-02 rootwait" + RUN + IMAGER + "\n");

        assertThat(card.boot()).isEqualTo(End.DONE);

        assertThat(card.isArmed()).isFalse();
        assertThat(card.file("boot/firmware/cmdline.txt"))
                .content()
                .startsWith("console=tty1 root=PARTUUID=1-02 rootwait systemd.run_success_action=none")
                .contains(IMAGER)
                .doesNotContain("swarmctl");
        assertThat(card.askedOfSystemd()).doesNotContain("start").doesNotContain("reboot");
        assertThat(card.file("etc/swarm-agent/ca.crt")).exists();
    }

    /** The person who customized the image wants their user, also when the power failed in between. */
    @Test
    void aPasswordThatSomebodySetAfterwardsIsKept() throws Exception {
        BootedCard card = card("card");
        card.bootUntilUnpacked(1);
        assertThat(card.isArmed()).isFalse();
        Files.writeString(card.file("etc/shadow"), "ada:$6$theirs:19000:0:99999:7:::\n");

        card.bootUntilSettled();

        assertThat(card.file("etc/shadow")).hasContent("ada:$6$theirs:19000:0:99999:7:::\n");
        assertThat(card.file("opt/swarmctl/agent/swarm-agent.jar")).exists();
    }

    @Test
    void theSecretsAreOverwrittenBeforeTheyAreRemoved() throws Exception {
        BootedCard card = card("card");
        Path secrets = card.file("boot/firmware/swarmctl-secrets.tar");
        Path kept = directory.resolve("same-blocks");
        Files.createLink(kept, secrets);
        assertThat(kept).content().contains(TestSettings.KEY);

        card.bootUntilSettled();

        assertThat(kept).hasBinaryContent(new byte[(int) Files.size(kept)]);
        assertThat(card.log()).doesNotContain(TestSettings.KEY, TestSettings.PASSPHRASE);
    }

    @Test
    void sshIsOpenWhenItWasAskedFor() throws Exception {
        CardSettings settings = TestSettings.full();
        files = new CardFiles(
                TestKit.in(directory.resolve("kit")),
                new CardSettings(settings.enrolment(), null, Region.AS_IT_IS, true, null));
        BootedCard card = card("card");

        card.bootUntilSettled();

        assertThat(card.file("etc/systemd/system/multi-user.target.wants/ssh.service"))
                .isSymbolicLink();
        assertThat(card.file("etc/timezone")).doesNotExist();
        assertThat(card.file("etc/NetworkManager/system-connections")).doesNotExist();
    }
}
