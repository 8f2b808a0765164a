package io.swarmctl.controller.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.swarmctl.controller.api.PolicyPort.Problem;
import io.swarmctl.controller.api.PolicyPort.Refused;
import io.swarmctl.controller.fleet.Policy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Fleet files with something wrong: each is told what, where, and what to write instead. */
class BadFleetYamlTest {
    private static final String KEY = RandomPolicies.sshKey("");

    private final FleetYaml yaml = new FleetYaml();

    static List<Arguments> documents() {
        return List.of(
                bad("", "1:1: this is no fleet file; the smallest one is 'version: 1'"),
                bad("# nothing", "1:1: this is no fleet file; the smallest one is 'version: 1'"),
                bad("just text", "1:1: this is no fleet file; the smallest one is 'version: 1'"),
                bad("- version: 1", "1:1: this is no fleet file; the smallest one is 'version: 1'"),
                bad("ssh: true", "1:1: 'version' is missing; add 'version:'"),
                bad("version: 2", "1:10: '2' is not allowed here; write 1"),
                bad("version: '1'", "1:10: '1' is not allowed here; write it without quotes"),
                bad("version: 1\naproval: manual", "2:1: 'aproval' is not known here; did you mean approval?"),
                bad(
                        "version: 1\nzzzzzzzzz: 1",
                        "2:1: 'zzzzzzzzz' is not known here; known here: approval, docker, names, packages, roles, ssh,"
                                + " swarm, upgrade, user, version"),
                bad("version: 1\napproval: manuel", "2:11: 'manuel' is not allowed here; did you mean manual?"),
                bad("version: 1\napproval: 1", "2:11: '1' is not allowed here; write automatic or manual"),
                bad("version: 1\nssh: yes", "2:6: 'yes' is not allowed here; write true or false"),
                bad("version: 1\nssh: [true]", "2:6: this is not allowed here; write true or false"),
                bad(
                        "version: 1\nversion: 1",
                        "2:1: 'version' is here twice; it is in line 1 already; remove one of them"),
                bad(
                        "version: 1\nuser:\n  name: pi\n  name: pa",
                        "4:3: 'name' is here twice; it is in line 3 already; remove one of them"),
                bad("version: 1\nuser: pi", "2:7: 'pi' is not allowed here; write keys and values below it"),
                bad(
                        "version: 1\nuser: {sshKeys: []}",
                        "2:1: 'name' is missing in 'user'; add 'name:'",
                        "2:1: 'passwordHash' is missing in 'user'; add 'passwordHash:'"),
                bad(
                        user("Pi", hash(), ""),
                        "3:9: 'Pi' is not allowed here; write a user name: a-z, then a-z, 0-9 and -, at most 32 characters"),
                bad(
                        user("root", hash(), ""),
                        "3:9: root is no first user; choose another name; that user may use sudo"),
                bad(user("pi", "raspberry", ""), plainPassword()),
                bad(user("pi", "'$1$salt$abcdefghijklmnopqrstuv'", ""), plainPassword()),
                bad(user("pi", "'$6$salt$tooshort'", ""), plainPassword()),
                bad(user("pi", "12345", ""), "4:17: what is written is not allowed here; put it in quotes"),
                bad(user("pi", "kept:123", ""), plainPassword()),
                bad(
                        user("pi", "kept:" + "0".repeat(32), ""),
                        "4:17: there is no password that could be kept; write a hash ('openssl passwd -6'), or take the"
                                + " line from a new 'swarmctl fleet export'"),
                bad(
                        user("pi", hash(), "ssh-ed25519"),
                        "5:13: 'ssh-ed25519' is not allowed here; write a public key on one line, as in"
                                + " ~/.ssh/id_ed25519.pub"),
                bad(
                        user("pi", hash(), "'-----BEGIN OPENSSH PRIVATE KEY-----'"),
                        "5:13: a private key is not allowed here; write a public key on one line, as in"
                                + " ~/.ssh/id_ed25519.pub"),
                bad(
                        user("pi", hash(), "ssh-rsa " + KEY.split(" ")[1]),
                        "5:13: this SSH key is damaged; copy the whole line from the .pub file"),
                bad(
                        user("pi", hash(), KEY + ", " + KEY.substring(0, 30)),
                        "5:" + (15 + KEY.length())
                                + ": this SSH key is damaged; copy the whole line from the .pub file"),
                bad("version: 1\ndocker: {}", "2:1: 'source' is missing in 'docker'; add 'source:'"),
                bad(
                        "version: 1\ndocker: {source: repository}",
                        "2:1: 'repository' is missing in 'docker'; add 'repository:'"),
                bad(
                        "version: 1\ndocker: {source: directory}",
                        "2:1: 'directory' is missing in 'docker'; add 'directory:'"),
                bad(
                        "version: 1\ndocker: {source: debian, directory: /x}",
                        "2:18: 'debian' is not allowed here; write directory"),
                bad(
                        "version: 1\ndocker: {source: repository, repository: 'ftp://x y'}",
                        "2:42: 'ftp://x y' is not allowed here; write an address such as"
                                + " https://download.docker.com/linux/debian"),
                bad(
                        "version: 1\ndocker: {source: directory, directory: relative}",
                        "2:40: 'relative' is not allowed here; write an absolute path on the node, such as"
                                + " /opt/swarmctl/docker"),
                bad(pools("10.0.0.0"), notANetwork("10.0.0.0")),
                bad(pools("10.0.0.256/8"), notANetwork("10.0.0.256/8")),
                bad(pools("10.0.0.0/33"), notANetwork("10.0.0.0/33")),
                bad(pools("fd00::/8"), notANetwork("fd00::/8")),
                bad(pools("10.0.0.7/16"), "2:24: 10.0.0.7/16 is an address in a network; write 10.0.0.0/16"),
                bad(
                        pools("10.0.0.0/25"),
                        "2:24: 10.0.0.0/25 is smaller than one overlay network (subnetSize 24); take a larger network or"
                                + " a larger subnetSize"),
                bad(pools("10.0.0.0/8, 10.9.0.0/16"), "2:36: 10.9.0.0/16 overlaps 10.0.0.0/8; remove one of them"),
                bad("version: 1\nswarm: {subnetSize: 30}", "2:21: 30 is out of range; write a number from 8 to 29"),
                bad("version: 1\nswarm: {subnetSize: 24.5}", "2:21: '24.5' is not allowed here; write a whole number"),
                bad(
                        "version: 1\nnames: {1: Kitchen_1}",
                        "2:12: 'Kitchen_1' is not allowed here; write a host name: up to 63 of the characters a-z, 0-9"
                                + " and -, with no - at either end"),
                bad("version: 1\nnames: {a: 7}", "2:12: '7' is not allowed here; put it in quotes"),
                bad(
                        "version: 1\nnames: {a/b~c d%20: x}",
                        "2:9: 'a/b~c d%20' is not allowed here; write a board serial as 'swarmctl nodes list -o json'"
                                + " shows it as id"),
                bad("version: 1\nnames:\n  a: x\n  b: x", "4:6: the board a has the name x already; give each its own"),
                bad("version: 1\nnames:\n  a: x\n  A: y", "4:3: the board a is here twice; remove one of them"),
                bad("version: 1\nroles: {auto: {managers: 9}}", "2:26: 9 is out of range; write a number from 1 to 7"),
                bad(
                        "version: 1\nroles: {auto: {managers: three}}",
                        "2:26: 'three' is not allowed here; write a whole number"),
                bad(
                        "version: 1\nroles: {auto: {managers: 3, settle: 30}}",
                        "2:37: '30' is not allowed here; put it in quotes"),
                bad("version: 1\nroles: {auto: {managers: 3, settle: 99m}}", "2:37: 99m is too long; write at most 1h"),
                bad("version: 1\nroles: {auto: {}}", "2:9: 'managers' is missing in 'auto'; add 'managers:'"),
                bad(
                        "version: 1\naproval: x\nssh: 3\nupgrade: {}",
                        "2:1: 'aproval' is not known here; did you mean approval?",
                        "3:6: '3' is not allowed here; write true or false",
                        "4:10: this is not allowed here; write none or full"),
                bad("version: 1\n---\nversion: 1", "2:1: not YAML: but found another document; " + MIND),
                bad(
                        "version: 1\n\tssh: true",
                        "2:1: not YAML: found character '\\t(TAB)' that cannot start any token."
                                + " (Do not use \\t(TAB) for indentation); " + MIND),
                bad("version: [1", "1:12: not YAML: expected ',' or ']', but got <stream end>; " + MIND),
                bad("version: 1\n? [a]\n: b", "2:3: a key must be a word; put it in quotes"),
                bad("version: !!js 1", "1:10: the tag tag:yaml.org,2002:js is not known here; leave it out"),
                bad("&a [*a]", "1:1: aliases make this endless or very large; write it without aliases"));
    }

    private static final String MIND = "mind the indentation and quotes around here";

    @ParameterizedTest(name = "{1}")
    @MethodSource("documents")
    void isRefusedWithItsPlaceAndARemedy(String text, List<String> problems) {
        assertThat(problems(text)).isEqualTo(problems);
    }

    @Test
    void aPasswordWrittenPlainlyIsNotRepeated() {
        assertThat(problems(user("pi", "hunter2", "")).toString()).doesNotContain("hunter2");
    }

    @Test
    void largeTextsAreRefusedBeforeAnythingElse() {
        assertThat(problems("version: 1\n#" + "x".repeat(256 * 1024)))
                .containsExactly(
                        "0:0: the text has more than 256 KB; fleet files are small: leave out what is not meant"
                                + " to be there");
    }

    @Test
    void deepTextsAreRefused() {
        assertThat(problems("[".repeat(200_000)).toString()).contains("1:21: more than 20 levels");
    }

    @Test
    void aliasesThatExplodeAreRefused() {
        StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int level = 1; level < 10; level++) {
            text.append("a%d: &a%d [%s]\n".formatted(level, level, ("*a" + (level - 1) + ", ").repeat(10)));
        }
        assertThat(problems(text.toString()).toString()).contains("aliases make this endless or very large");
    }

    private List<String> problems(String text) {
        Refused refused = catchThrowableOfType(Refused.class, () -> yaml.read(text, Policy.initial()));
        return refused.problems().stream().map(BadFleetYamlTest::line).toList();
    }

    private static String line(Problem problem) {
        return problem.line() + ":" + problem.column() + ": " + problem.problem() + "; " + problem.remedy();
    }

    private static Arguments bad(String text, String... problems) {
        return Arguments.of(text, List.of(problems));
    }

    private static String user(String name, String hash, String key) {
        return "version: 1\nuser:\n  name: %s\n  passwordHash: %s\n  sshKeys: [%s]\n".formatted(name, hash, key);
    }

    private static String hash() {
        return "'" + RandomPolicies.sha512("s") + "'";
    }

    private static String plainPassword() {
        return "4:17: what is written is not allowed here; write a hash from 'openssl passwd -6' or 'mkpasswd', in single"
                + " quotes; or kept:... from 'swarmctl fleet export', which leaves the password as it is";
    }

    private static String pools(String pools) {
        return "version: 1\nswarm: {addressPools: [" + pools + "]}";
    }

    private static String notANetwork(String pool) {
        return "2:24: '" + pool + "' is not allowed here; write an IPv4 network such as 10.20.0.0/16";
    }
}
