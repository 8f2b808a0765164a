package io.swarmctl.common.trust;

/** What a signed text is, so that one kind is never taken for another. Stands in the signature's {@code typ}. */
public enum Kind {
    SPEC,
    REPORT,
    OUTPUT,
    DIAGNOSIS,
    BENCHMARK,
    ENROLMENT_REQUEST,
    ENROLMENT_ANSWER,
    TIME_ANSWER;

    String typ() {
        return "swarmctl-" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
