package io.swarmctl.agent.link;

import java.util.List;

/** Where controllers may be found now. */
@FunctionalInterface
public interface Discovery {
    /** Addresses to try, the likeliest first; may take a few seconds. */
    List<ControllerAddress> controllers();
}
