package io.swarmctl.controller.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "clear",
        description = "Removes all that the package cache has; what nodes need comes again by itself.",
        footer = {"", "Example:", "  swarmctl cache clear"})
final class CacheClear implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    @Mixin
    private Output output = new Output();

    CacheClear(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException {
        output.print(
                surroundings,
                target.open(surroundings).send("DELETE", CacheStatus.PATH),
                json -> CacheStatus.words(surroundings, json));
        return ExitCode.OK;
    }
}
