package io.swarmctl.agent.machine;

import org.jspecify.annotations.Nullable;

/** How this machine gets its packages, and what kept it from getting them as it should. Used by the agent's thread. */
final class PackageWay {
    private PackageRoute route = PackageRoute.NONE;
    private @Nullable String trouble;

    PackageRoute route() {
        return route;
    }

    void take(PackageRoute other) {
        route = other;
    }

    /** Why packages came directly from their archives the last time; null when they did not, or were meant to. */
    @Nullable
    String trouble() {
        return trouble;
    }

    void note(@Nullable String whatKeptIt) {
        trouble = whatKeptIt;
    }
}
