package io.swarmctl.controller.api;

import io.swarmctl.controller.fleet.Policy;
import java.util.List;

/** The policy as text: {@code fleet.yaml}. Pure. */
public interface PolicyPort {
    /**
     * Something that is wrong with the text.
     *
     * @param line from 1; 0 when it is nowhere in particular
     * @param column from 1; 0 when it is nowhere in particular
     * @param remedy what to write instead
     */
    record Problem(int line, int column, String problem, String remedy) {}

    /** The text is no policy. Says everything that is wrong with it. */
    final class Refused extends Exception {
        private final transient List<Problem> problems;

        public Refused(List<Problem> problems) {
            super(problems.isEmpty() ? "not a policy" : problems.get(0).problem());
            this.problems = List.copyOf(problems);
        }

        public List<Problem> problems() {
            return problems;
        }
    }

    /**
     * What the text asks for.
     *
     * @param current where the text says that a secret stays as it is, it is taken from here
     * @throws Refused when the text is no policy
     */
    Policy read(String yaml, Policy current) throws Refused;

    /** The policy as text that {@link #read} understands. Holds no secrets. */
    String write(Policy policy);

    /** What changes between the two, as lines for people: {@code path: before -> after}. Holds no secrets. */
    List<String> diff(Policy before, Policy after);

    /** The text's JSON schema. */
    String schema();
}
