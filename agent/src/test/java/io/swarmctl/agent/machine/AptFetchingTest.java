package io.swarmctl.agent.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmctl.agent.machine.AptSourcesTest.OpenRoute;
import io.swarmctl.agent.machine.Commands.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AptFetchingTest {
    private static final String PROXY = "-oAcquire::http::Proxy::deb.debian.org=http://127.0.0.1:4711/";
    private static final Result DONE = new Result(0, List.of("Reading package lists..."));
    private static final Result CUT = new Result(
            100,
            List.of("E: Failed to fetch http://deb.debian.org/debian/x.deb  502  deb.debian.org does not answer [IP:"
                    + " 127.0.0.1 4711]"));
    private static final Result DAMAGED =
            new Result(100, List.of("E: Failed to fetch http://deb.debian.org/debian/x.deb  Hash Sum mismatch"));
    private static final Result BROKEN =
            new Result(100, List.of("E: Sub-process /usr/bin/dpkg returned an error code (1)"));

    @TempDir
    private Path root;

    private final PackageWay way = new PackageWay();
    private final Deque<Result> results = new ArrayDeque<>();
    private final List<List<String>> runs = new ArrayList<>();
    private FileTree tree;
    private AptFetching fetching;

    @BeforeEach
    void aPiWithACache() {
        tree = FileTree.at(root);
        tree.write("etc/apt/sources.list", "deb http://deb.debian.org/debian bookworm main\n");
        way.take(output -> new OpenRoute(4711, List.of("debian.org")));
        fetching = new AptFetching(new AptSources(tree.layout()), way, (arguments, output) -> {
            runs.add(arguments);
            return results.isEmpty() ? DONE : results.removeFirst();
        });
    }

    @Test
    void packagesComeThroughTheCache() throws Exception {
        assertThat(run().ok()).isTrue();
        assertThat(runs).hasSize(1);
        assertThat(runs.get(0)).contains(PROXY, "update");
        assertThat(way.trouble()).isNull();
    }

    @Test
    void whatTheCacheDoesNotGiveComesDirectlyInTheSameRunAndIsSaid() throws Exception {
        results.add(CUT);
        assertThat(run().ok()).isTrue();
        assertThat(runs).hasSize(2);
        assertThat(runs.get(1)).containsExactly("update");
        assertThat(way.trouble()).isEqualTo("502  deb.debian.org does not answer");

        run();
        assertThat(way.trouble()).isNull();
    }

    @Test
    void aControllerThatGoesAwayMeanwhileIsAskedAgainBeforeTheArchives() throws Exception {
        way.take(output -> new OpenRoute(4711, List.of("debian.org"), true));
        results.addAll(List.of(CUT, CUT));
        assertThat(run().ok()).isTrue();
        assertThat(runs)
                .hasSize(3)
                .allSatisfy(arguments -> assertThat(arguments).contains(PROXY));
        assertThat(way.trouble()).isNull();
    }

    @Test
    void aControllerThatGoesAwayTimeAndAgainIsGivenUp() throws Exception {
        way.take(output -> new OpenRoute(4711, List.of("debian.org"), true));
        results.addAll(Collections.nCopies(6, CUT));
        assertThat(run().ok()).isTrue();
        assertThat(runs).hasSize(7).last().isEqualTo(List.of("update"));
        assertThat(way.trouble()).isNotNull();
    }

    @Test
    void whatFailsEitherWayIsNotTheCachesFault() throws Exception {
        results.addAll(List.of(CUT, CUT));
        assertThat(run().ok()).isFalse();
        assertThat(way.trouble()).isNull();
    }

    @Test
    void whatDoesNotFitIsFetchedAnewFirst() throws Exception {
        results.add(DAMAGED);
        run();
        assertThat(runs).hasSize(2);
        assertThat(runs.get(1)).contains("-oAcquire::http::No-Cache=true", PROXY);
        assertThat(way.trouble()).isNull();
    }

    @Test
    void whatIsNotAboutFetchingIsNotTriedAgain() throws Exception {
        results.add(BROKEN);
        assertThat(run()).isEqualTo(BROKEN);
        assertThat(runs).hasSize(1);
    }

    @Test
    void withoutACacheItIsDirectAndSaidIfItWasMeantToBeThere() throws Exception {
        way.take(output -> {
            throw new PackageRoute.Unusable("nobody answers", true);
        });
        run();
        assertThat(runs).containsExactly(List.of("update"));
        assertThat(way.trouble()).isEqualTo("nobody answers");

        way.take(output -> {
            throw new PackageRoute.Unusable("off", false);
        });
        run();
        assertThat(way.trouble()).isNull();
    }

    @Test
    void otherSourcesAreAskedAsEver() throws Exception {
        way.take(output -> new OpenRoute(4711, List.of("example.org")));
        run();
        assertThat(runs).containsExactly(List.of("update"));
        assertThat(way.trouble()).isNull();
    }

    @Test
    void aNodeThatWaitsForItsTurnSaysSoAndThenGoesOn() throws Exception {
        way.take(output -> {
            output.line("waiting for this node's turn: 37 nodes are ahead");
            return new OpenRoute(4711, List.of("debian.org"));
        });
        List<String> said = new ArrayList<>();
        fetching.run(List.of("update"), said::add);
        assertThat(said).containsExactly("waiting for this node's turn: 37 nodes are ahead");
        assertThat(runs.get(0)).contains(PROXY, "update");
    }

    @Test
    void theTurnEndsWhenAllHasComeAndNotWhenItIsUnpacked() throws Exception {
        List<String> story = new ArrayList<>();
        way.take(output -> new PackageRoute.Opened() {
            @Override
            public int port() {
                return 4711;
            }

            @Override
            public List<String> hosts() {
                return List.of("debian.org");
            }

            @Override
            public PackageRoute.Shelf shelf() throws IOException {
                throw new IOException("there are none");
            }

            @Override
            public void endTurn() {
                story.add("the turn ends");
            }

            @Override
            public void close() {
                story.add("closed");
            }
        });
        AptFetching apt = new AptFetching(new AptSources(tree.layout()), way, (arguments, output) -> {
            output.line("Get:1 http://deb.debian.org/debian bookworm/main arm64 docker.io");
            output.line("Fetched 63.5 MB in 8s (7,938 kB/s)");
            output.line("Unpacking docker.io ...");
            return DONE;
        });
        apt.run(List.of("install", "docker.io"), line -> story.add(line.split(" ")[0]));
        assertThat(story).containsExactly("Get:1", "the turn ends", "Fetched", "Unpacking", "closed");
    }

    @Test
    void anAgentThatIsStoppedWhileItWaitsAsksNobodyElse() {
        way.take(output -> {
            throw new InterruptedException();
        });
        assertThatThrownBy(this::run)
                .isInstanceOf(MachineException.class)
                .hasMessage("interrupted while waiting for its turn to fetch packages");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(runs).isEmpty();
    }

    private Result run() throws MachineException {
        return fetching.run(List.of("update"), line -> {});
    }
}
