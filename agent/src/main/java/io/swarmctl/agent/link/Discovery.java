package io.swarmctl.agent.link;

/** Where controllers may be found now. */
@FunctionalInterface
public interface Discovery {
    /**
     * Addresses to try, the likeliest first. Some are looked for only when those before them have been tried, which may
     * take a few seconds: so whom the first one answers waits for nothing.
     */
    Iterable<ControllerAddress> controllers();
}
