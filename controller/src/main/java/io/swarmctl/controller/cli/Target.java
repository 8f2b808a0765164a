package io.swarmctl.controller.cli;

import io.swarmctl.controller.text.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which controller a command speaks to. */
final class Target {
    private static final String OWN = "this machine's own controller";
    private static final String HTTPS_PORT = "8443";
    private static final String DATA_DIRECTORY = "SWARMCTL_DATA_DIRECTORY";

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "Another controller than the current one; see 'swarmctl context list'.")
    String context = "";

    /** Whether the context was not logged in to, but found in the data directory of this machine's controller. */
    static boolean isOwn(Context context) {
        return context.name().equals(OWN);
    }

    /** Whether there is a controller that one is logged in to, or may log in to by being here. */
    boolean isAnybody(Surroundings surroundings) throws CliException {
        return !new ContextFile(surroundings).read().contexts().isEmpty()
                || own(surroundings).isPresent();
    }

    Api open(Surroundings surroundings) throws CliException {
        return new Api(choose(surroundings));
    }

    private Context choose(Surroundings surroundings) throws CliException {
        Contexts contexts = new ContextFile(surroundings).read();
        String wanted = context.isEmpty() ? surroundings.variable("SWARMCTL_CONTEXT") : context;
        String name = wanted.isEmpty() ? contexts.current() : wanted;
        Optional<Context> chosen = contexts.named(name);
        if (chosen.isPresent()) {
            return chosen.get();
        }
        if (!wanted.isEmpty()) {
            throw CliException.usage(
                    "there is no context " + wanted,
                    Nearest.didYouMean(wanted, contexts.names(), "see them with: swarmctl context list"));
        }
        Optional<Context> own = own(surroundings);
        if (own.isPresent()) {
            return own.get();
        }
        if (!contexts.contexts().isEmpty()) {
            throw new CliException(
                    "not logged in to a controller",
                    "choose one: swarmctl context use " + contexts.names().get(0));
        }
        String given = surroundings.variable(DATA_DIRECTORY);
        throw new CliException(
                "not logged in to a controller"
                        + (given.isEmpty() ? "" : ", and none has its data in " + given + " (" + DATA_DIRECTORY + ")"),
                "log in: swarmctl login https://CONTROLLER:8443");
    }

    /** The controller on this machine, when its data directory can be read. */
    private static Optional<Context> own(Surroundings surroundings) {
        String given = surroundings.variable(DATA_DIRECTORY);
        List<Path> directories = given.isEmpty()
                ? List.of(
                        Path.of("/var/lib/swarmctl"),
                        surroundings.xdg("XDG_DATA_HOME", ".local/share").resolve("swarmctl"))
                : List.of(Path.of(given));
        String port = surroundings.variable("SWARMCTL_HTTPS_PORT");
        return directories.stream()
                .flatMap(directory -> own(directory, port).stream())
                .findFirst();
    }

    /** @param port if the person says so; else the controller's own word is taken, if it left one */
    private static Optional<Context> own(Path directory, String port) {
        try {
            Path left = directory.resolve("https.port");
            String known = port.isEmpty() && Files.isReadable(left)
                    ? Files.readString(left).strip()
                    : port;
            String url = "https://localhost:" + (known.isEmpty() ? HTTPS_PORT : known);
            String ca = Files.readString(directory.resolve("ca.crt"));
            String token = Files.readString(directory.resolve("admin.token")).strip();
            return Optional.of(new Context(OWN, url, ca, token));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
