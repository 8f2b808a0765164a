package io.swarmctl.common.wire;

import io.avaje.jsonb.Json;

/**
 * Something about a machine that a person should know.
 *
 * @param remedy what to do about it
 */
@Json
public record Finding(Severity severity, String problem, String remedy) {
    /** How much a finding matters. */
    public enum Severity {
        /** The node works, and slower or with less than it could. */
        WARNING,
        /** The node cannot go on. */
        ERROR
    }

    public Finding {
        Absent.required(severity, "severity");
        Absent.required(problem, "problem");
        Absent.required(remedy, "remedy");
    }

    public static Finding warning(String problem, String remedy) {
        return new Finding(Severity.WARNING, problem, remedy);
    }

    public static Finding error(String problem, String remedy) {
        return new Finding(Severity.ERROR, problem, remedy);
    }
}
