package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.VersionView;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "version",
        description = "Shows the version of this command and of the controller.",
        footer = {"", "Example:", "  swarmctl version"})
final class VersionCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    @Mixin
    private Output output = new Output();

    VersionCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** The version of the jar that runs. */
    static String own() {
        String version = VersionCommand.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public Integer call() throws CliException {
        Map<String, Object> versions = new LinkedHashMap<>();
        versions.put("client", own());
        try {
            Api api = target.open(surroundings);
            VersionView view = api.get("/version", VersionView.class);
            versions.put("controller", view.version());
            versions.put("fleet", view.fleet());
            versions.put("url", api.context().url());
        } catch (CliException e) {
            versions.put("controllerProblem", String.valueOf(e.getMessage()));
        }
        output.print(surroundings, Tree.json(versions), json -> words(versions));
        return ExitCode.OK;
    }

    private static String words(Map<String, Object> versions) {
        Object controller = versions.get("controller");
        return "client      " + versions.get("client") + "\ncontroller  "
                + (controller == null
                        ? versions.get("controllerProblem")
                        : controller + " at " + versions.get("url") + ", fleet " + versions.get("fleet"))
                + "\n";
    }
}
