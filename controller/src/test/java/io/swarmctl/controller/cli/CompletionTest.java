package io.swarmctl.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Shells complete commands, options and names; asked as a shell asks, with the tab key as the last word. */
class CompletionTest {
    @RegisterExtension
    final Desk desk = new Desk();

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "swarmctl no | nodes",
                "swarmctl nodes r | rename refuse revoke remove",
                "swarmctl nodes list --st | --state",
                "swarmctl nodes list --state re | ready rebooting revoked removing",
                "swarmctl nodes list -o w | wide",
                "swarmctl roles assign man | manager",
                "swarmctl roles assign manager pi-00 | pi-001 pi-002",
                "swarmctl nodes show --debug pi-00 | pi-001 pi-002",
                "swarmctl tokens create x --level o | operator",
                "swarmctl status x | ''"
            })
    void bashCompletes(String typed, String words) throws IOException, InterruptedException {
        Path script = directory.resolve("try.bash");
        Files.writeString(script, desk.typist().types("completion", "bash").out() + """
                swarmctl() { case $2 in nodes) printf 'pi-001\\npi-002\\nattic\\n' ;; roles) printf 'manager\\nworker\\n' ;; esac; }
                COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
                _swarmctl
                echo "${COMPREPLY[*]}"
                """);

        assertThat(run(Stream.concat(Stream.of("bash", script.toString()), Stream.of(typed.split(" ")))
                        .toList()))
                .isEqualTo(words);
    }

    @Test
    void namesAreAskedForOnceAMinuteAndNobodyHearsOfAFailure() throws IOException, InterruptedException {
        Path script = directory.resolve("twice.bash");
        Files.writeString(script, desk.typist().types("completion", "bash").out() + """
                swarmctl() { echo "asked $2" >>"$XDG_CACHE_HOME/asked"; [ "$2" = nodes ] && echo pi-001; }
                mkdir -p "$XDG_CACHE_HOME"
                __swarmctl_names nodes; __swarmctl_names nodes; __swarmctl_names roles
                cat "$XDG_CACHE_HOME/asked"
                """);

        assertThat(run(List.of("bash", script.toString()))).isEqualTo("pi-001\npi-001\nasked nodes\nasked roles");
    }

    @Test
    void namesAreThoseThatTheControllerKnows() {
        assertThat(desk.typist().types("__names", "nodes").out()).isEqualTo("pi-001\npi-002\npi-003\npi-004\n");
        assertThat(desk.typist().types("__names", "roles").out()).isEqualTo("manager\nworker\n");
        desk.stopController();
        assertThat(desk.typist().types("__names", "nodes").all()).isEmpty();
    }

    @Test
    void whatIsForShellsStandsInNoHelp() {
        assertThat(desk.typist().types("--help").out()).contains("completion").doesNotContain("__names");
        assertThat(desk.typist().types("completion", "fish").out())
                .contains("complete -c swarmctl -n '__swarmctl_is nodes' -a approve -d 'Lets nodes in that wait")
                .contains("-n '__swarmctl_at nodes list' -s o -l output -x -a 'table wide json yaml csv name'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void aShellReadsItsScript(String shell) throws IOException, InterruptedException {
        assumeTrue(Stream.of(System.getenv("PATH").split(":")).anyMatch(at -> Files.isExecutable(Path.of(at, shell))));
        Path script = directory.resolve("script");
        Files.writeString(script, desk.typist().types("completion", shell).out());

        assertThat(run(List.of(shell, "-n", script.toString()))).isEmpty();
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("XDG_CACHE_HOME", directory.resolve("cache").toString());
        builder.environment().remove("SWARMCTL_CONTEXT");
        Process process = builder.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return out.strip();
    }
}
