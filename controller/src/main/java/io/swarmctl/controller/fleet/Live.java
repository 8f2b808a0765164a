package io.swarmctl.controller.fleet;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * What the controller knows only while it runs.
 *
 * @param connected ids of the nodes that have a connection to the gateway now
 * @param apart since when which enrolled node has none
 * @param missing since when which member stands in no manager's list of the swarm
 * @param unheard ids of nodes that were told something before the controller started and have not spoken since
 * @param diagnoses the latest that each node was asked for
 * @param benchmarks the same
 * @param gatherings Docker's packages
 */
public record Live(
        Set<String> connected,
        Map<String, Instant> apart,
        Map<String, Instant> missing,
        Set<String> unheard,
        Map<String, Question> diagnoses,
        Map<String, Question> benchmarks,
        Gatherings gatherings) {
    public Live {
        connected = Set.copyOf(connected);
        apart = Map.copyOf(apart);
        missing = Map.copyOf(missing);
        unheard = Set.copyOf(unheard);
        diagnoses = Map.copyOf(diagnoses);
        benchmarks = Map.copyOf(benchmarks);
    }

    public static Live none() {
        return new Live(Set.of(), Map.of(), Map.of(), Set.of(), Map.of(), Map.of(), Gatherings.OFF);
    }

    Live withConnected(Set<String> ids) {
        return new Live(ids, apart, missing, unheard, diagnoses, benchmarks, gatherings);
    }

    Live withApart(Map<String, Instant> since) {
        return new Live(connected, since, missing, unheard, diagnoses, benchmarks, gatherings);
    }

    Live withMissing(Map<String, Instant> since) {
        return new Live(connected, apart, since, unheard, diagnoses, benchmarks, gatherings);
    }

    Live withUnheard(Set<String> ids) {
        return new Live(connected, apart, missing, ids, diagnoses, benchmarks, gatherings);
    }

    Live withDiagnoses(Map<String, Question> asked) {
        return new Live(connected, apart, missing, unheard, asked, benchmarks, gatherings);
    }

    Live withBenchmarks(Map<String, Question> asked) {
        return new Live(connected, apart, missing, unheard, diagnoses, asked, gatherings);
    }

    Live withGatherings(Gatherings other) {
        return new Live(connected, apart, missing, unheard, diagnoses, benchmarks, other);
    }
}
