package io.swarmctl.agent.machine;

/** Receives what an action prints. */
@FunctionalInterface
public interface Output {
    void line(String line);
}
