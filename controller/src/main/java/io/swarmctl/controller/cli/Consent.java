package io.swarmctl.controller.cli;

/** Asks a person before something is done that cannot be taken back. */
final class Consent {
    private Consent() {}

    /**
     * Returns when the person said yes.
     *
     * @param question ends with a question mark
     * @param first what to do before adding {@code --yes}, where nobody can be asked
     * @param otherwise what has not happened then
     * @throws CliException when the person did not, or nobody can be asked
     */
    static void ask(Surroundings surroundings, String question, String first, String otherwise) throws CliException {
        Surroundings.Person person = surroundings.person();
        if (person == null) {
            throw CliException.usage("nobody can be asked here", first + ", then add --yes");
        }
        String answer = person.answer(question + " [y/N] ");
        if (answer == null || !answer.strip().matches("(?i)y(es)?")) {
            throw new CliException(otherwise, "nothing was changed");
        }
    }
}
