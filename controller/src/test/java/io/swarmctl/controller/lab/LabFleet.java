package io.swarmctl.controller.lab;

import io.swarmctl.controller.lab.Scripts.Answer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A real controller and blank virtual Pis that know of it, from {@code scripts/demo}; all of it ends when closed. */
public final class LabFleet implements AutoCloseable {
    private static final Path ENVIRONMENT =
            Path.of(System.getenv().getOrDefault("DEMO_STATE", "/var/lib/swarmctl-demo"), "env");
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(10);
    private static final int JOURNAL_LINES = 30;
    private static final int WHOLE_JOURNAL = 100_000;
    private static final Pattern DEPARTURE = Pattern.compile("begin: (leave the swarm|make .* a worker of the swarm)");

    private final VirtualPis pis;

    private LabFleet(VirtualPis pis) {
        this.pis = pis;
    }

    /** Returns when the Pis have booted, with all their work before them. */
    public static LabFleet boot(int pis) throws IOException, InterruptedException {
        return boot(pis, 1);
    }

    /**
     * The same, with so many managers among them. Each fetches its own packages: what is wrong with package servers is so on
     * the way from a Pi to them.
     */
    public static LabFleet boot(int pis, int managers) throws IOException, InterruptedException {
        LabFleet fleet = new LabFleet(new VirtualPis(pis));
        try {
            Scripts.succeed(
                    BUILD_LIMIT,
                    "demo",
                    "--pis",
                    String.valueOf(pis),
                    "--managers",
                    String.valueOf(managers),
                    "--direct-packages",
                    "--no-wait");
            return fleet;
        } catch (IOException | InterruptedException e) {
            fleet.close();
            throw e;
        }
    }

    public VirtualPis pis() {
        return pis;
    }

    /** With -9. */
    public void killController() throws IOException, InterruptedException {
        Scripts.succeed(LIMIT, "demo", "--kill-controller");
    }

    public void startController() throws IOException, InterruptedException {
        Scripts.succeed(LIMIT, "demo", "--start-controller");
    }

    /** Waits until every node is what it is to be; what is known about those that are not, when the time is over. */
    public Optional<String> awaitReady(Duration longest) throws IOException, InterruptedException {
        Answer answer = Scripts.swarmctl(
                longest.plus(LIMIT),
                ENVIRONMENT,
                "status",
                "--wait",
                "--nodes",
                String.valueOf(pis.names().size()),
                "--timeout",
                longest.toSeconds() + "s");
        return answer.ok() ? Optional.empty() : Optional.of(answer.output() + whatIsKnown());
    }

    /** What a manager says of the swarm's nodes, a line for each, as {@code pi-001 Ready}. */
    public List<String> swarmNodes() throws IOException, InterruptedException {
        for (String pi : pis.names()) {
            Answer answer = pis.on(pi, "docker", "node", "ls", "--format", "{{.Hostname}} {{.Status}}");
            if (answer.ok()) {
                return answer.output().lines().toList();
            }
        }
        return List.of();
    }

    /** Assigned roles by the nodes' names; empty also when the controller does not answer. */
    public Map<String, String> roles() throws IOException, InterruptedException {
        Answer answer = Scripts.swarmctl(LIMIT, ENVIRONMENT, "nodes", "list", "-o", "json");
        Map<String, String> roles = new TreeMap<>();
        if (answer.ok()) {
            for (Object each : new JsonObject(answer.output()).getJsonArray("nodes")) {
                JsonObject node = (JsonObject) each;
                if (node.getString("role") != null) {
                    roles.put(node.getString("name"), node.getString("role"));
                }
            }
        }
        return roles;
    }

    /** What agents did that takes somebody out of the swarm, or a manager from its quorum: lines of their journals. */
    public List<String> departures() throws IOException, InterruptedException {
        List<String> departures = new ArrayList<>();
        for (String pi : pis.names()) {
            pis.agentJournal(pi, WHOLE_JOURNAL)
                    .lines()
                    .filter(line -> DEPARTURE.matcher(line).find())
                    .forEach(departures::add);
        }
        return departures;
    }

    private String whatIsKnown() throws IOException, InterruptedException {
        StringBuilder known = new StringBuilder(
                Scripts.swarmctl(LIMIT, ENVIRONMENT, "nodes", "list").output());
        for (String pi : pis.names()) {
            known.append('\n').append(pi).append(":\n").append(pis.agentJournal(pi, JOURNAL_LINES));
        }
        return known.toString();
    }

    @Override
    public void close() throws IOException {
        try {
            Scripts.succeed(LIMIT, "demo", "--end");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted; what is left: scripts/demo --end", e);
        }
    }
}
