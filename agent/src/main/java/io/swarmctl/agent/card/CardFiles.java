package io.swarmctl.agent.card;

/** The names of the files that people find on the card, or put there. */
final class CardFiles {
    static final String STATUS = "swarm-agent-status.txt";
    static final String CORRECTION = "swarm-agent.conf";

    private CardFiles() {}
}
