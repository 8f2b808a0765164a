package io.swarmctl.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.controller.cli.Typist.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class CliTest {
    @TempDir
    Path home;

    static Stream<CommandLine> everyCommand() {
        Surroundings nowhere =
                new Surroundings(System.out, System.err, System.in, Map.of(), Path.of("/"), null, 0, time -> {});
        List<CommandLine> all = new ArrayList<>();
        collect(Cli.whole(nowhere), all);
        return all.stream();
    }

    private static void collect(CommandLine command, List<CommandLine> all) {
        all.add(command);
        command.getSubcommands().values().forEach(below -> collect(below, all));
    }

    static Stream<String> everyLeaf() {
        return everyCommand()
                .filter(command -> command.getSubcommands().isEmpty())
                .map(command -> command.getCommandSpec().qualifiedName());
    }

    @ParameterizedTest
    @MethodSource("everyLeaf")
    void everyHelpHasExamplesThatParseAndSaysTheExitCodes(String name) {
        String[] words = name.split(" ");
        List<String> help = new ArrayList<>(List.of(words).subList(1, words.length));
        help.add("--help");

        Result result = new Typist(home).types(help.toArray(new String[0]));

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("Exit codes:").contains("3   not (yet) so");
        List<String> examples = result.out()
                .lines()
                .dropWhile(line -> !line.startsWith("Example"))
                .filter(line -> line.startsWith("  swarmctl"))
                .toList();
        assertThat(examples).isNotEmpty().allMatch(example -> example.strip().startsWith(name));
        for (String example : examples) {
            String[] args = example.strip().replaceAll(" > .*", "").split(" ");
            assertThat(everyCommand()
                            .findFirst()
                            .orElseThrow()
                            .parseArgs(Arrays.copyOfRange(args, 1, args.length))
                            .hasSubcommand())
                    .isTrue();
        }
    }

    /** The list of commands shows the first line alone. */
    @ParameterizedTest
    @MethodSource("everyCommand")
    void theFirstLineOfADescriptionIsAWholeSentence(CommandLine command) {
        assertThat(command.getCommandSpec().usageMessage().description()[0])
                .endsWith(".")
                .hasSizeLessThan(120);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "node list | unknown command node | did you mean nodes?",
                "logs pi-001 | unknown command logs | did you mean nodes logs?",
                "assign worker pi-001 | unknown command assign | did you mean roles assign?",
                "roles assign pi-001 manager | there is no role pi-001 | the role comes first: swarmctl roles assign ROLE NODE ...",
                "roles assign worker pi-00* | 'pi-00*' is neither a node's name nor a range of them | write a range as pi-[001-020], or select with -l, --state or --all",
                "nodes lst | unknown command lst | did you mean list?",
                "nodes list --wach | unknown option --wach | did you mean --watch?",
                "roles assign worker --all-unasigned | unknown option --all-unasigned | did you mean --all-unassigned?",
                "roles list extra | one word too many: extra | see: swarmctl roles list --help",
                "roles assign worker | which nodes? | name them, or select them with -l KEY=VALUE, --state STATE or --all",
                "roles assign worker pi-001 --all-unassigned | which nodes? | name or select them, or give --all-unassigned",
                "nodes list --state redy | there is no state redy | did you mean ready?",
                "nodes list -l =a | '=a' selects nothing | write KEY=VALUE, KEY!=VALUE, KEY or !KEY, with commas between them",
                "nodes approve --all pi-001 | which nodes? | name them, or select them with -l KEY=VALUE, --state STATE or --all",
                "nodes approve pi-001 pi-002 --key 0123456789ab | whose key? | name one node together with --key",
                "nodes approve pi-001 --key pi | 'pi' is no key | give 8 to 32 of the digits that 'nodes show' tells",
                "nodes refuse | which nodes? | name them, or select them with -l KEY=VALUE, --state STATE or --all",
                "nodes show | missing required parameter: 'NODE' | see: swarmctl nodes show --help",
                "nodes | 'swarmctl nodes' needs one of: list, show, plan, logs, diagnose, label, rename, approve, refuse, revoke, adopt, remove | see: swarmctl nodes --help",
                "roles auto --managers 1 --settle soon | invalid value for option '--settle': 'soon' is no time span; write it as 30s, 5m, 12h or 30d | see: swarmctl roles auto --help"
            })
    void whatMakesNoSenseIsExitCode2WithAHint(String typed, String problem, String remedy) {
        Result result = new Typist(home).types(typed.split(" "));

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).isEqualTo("error: " + problem + "\n  " + remedy + "\n");
    }

    @Test
    void helpMayBeAWordToo() {
        Typist typist = new Typist(home);

        assertThat(typist.types("nodes", "help").out())
                .isEqualTo(typist.types("nodes", "--help").out());
        assertThat(typist.types("help").out()).isEqualTo(typist.types("--help").out());
        assertThat(typist.types("help", "status").out())
                .isEqualTo(typist.types("status", "--help").out());
    }

    @Test
    void withoutArgumentsThereIsHelp() {
        Result result = new Typist(home).types();

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("nodes").contains("enrolment").contains("Exit codes:");
    }

    @Test
    void rangesAreExpanded() throws CliException {
        assertThat(NodeNames.expand(List.of("pi-[008-011]", "attic", "r[1-2]b")))
                .containsExactly("pi-008", "pi-009", "pi-010", "pi-011", "attic", "r1b", "r2b");
    }

    @ParameterizedTest
    @CsvSource({
        "Raspberry Pi 3 Model B Rev 1.2, 3B",
        "Raspberry Pi 3 Model B Plus Rev 1.3, 3B+",
        "Raspberry Pi 4 Model B Rev 1.4, 4B",
        "Raspberry Pi 5 Model B Rev 1.0, 5B",
        "Raspberry Pi Zero 2 W Rev 1.0, Zero 2 W",
        "Something else, Something else"
    })
    void modelsAreShort(String model, String shown) {
        assertThat(Words.model(model)).isEqualTo(shown);
    }

    @Test
    void yamlIsReadBackAsItWas() {
        Map<String, Object> value =
                Map.of("a", List.of(Map.of("b", "x: y", "c", List.of()), "yes", "- no"), "n", 3, "t", true, "e", "");

        Object read = new org.snakeyaml.engine.v2.api.Load(
                        org.snakeyaml.engine.v2.api.LoadSettings.builder().build())
                .loadFromString(Tree.yaml(value));

        assertThat(read).isEqualTo(value);
    }

    @Test
    void somethingUnexpectedIsOneLineUntilItIsAskedFor() {
        Typist broken = new Typist(home).with("XDG_CONFIG_HOME", "/\0");

        Result quiet = broken.types("nodes", "list");
        Result loud = broken.types("nodes", "list", "--debug");

        assertThat(quiet.exitCode()).isEqualTo(1);
        assertThat(quiet.err()).startsWith("error: unexpected: ").doesNotContain("\tat ");
        assertThat(loud.err()).contains("\tat ");
    }
}
