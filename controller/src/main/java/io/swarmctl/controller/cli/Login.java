package io.swarmctl.controller.cli;

import io.swarmctl.common.trust.Certificates;
import io.swarmctl.common.trust.TrustException;
import io.swarmctl.controller.api.view.VersionView;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "login",
        description = {
            "Logs in to a controller and pins its fleet's CA.",
            "The token comes from --token-file, from the variable SWARMCTL_TOKEN, or is asked for."
        },
        footer = {"", "Example:", "  swarmctl login https://controller.local:8443"})
final class Login implements Callable<Integer> {
    private static final int USUAL_PORT = 8443;

    private final Surroundings surroundings;

    @Parameters(paramLabel = "URL", description = "The controller's address; https:// and :8443 may be left out.")
    private String url = "";

    @Option(
            names = "--fingerprint",
            paramLabel = "SHA256",
            description = "The CA's fingerprint, as the controller prints it at its start. Asked about when not given.")
    private String fingerprint = "";

    @Option(names = "--token-file", paramLabel = "FILE", description = "A file with the access token.")
    private @Nullable Path tokenFile;

    @Option(names = "--name", paramLabel = "NAME", description = "What to call it here (default: its host).")
    private String name = "";

    Login(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException {
        URI address = address(url);
        String base = address.getScheme() + "://" + address.getAuthority();
        String ca = Api.unprovenCa(base);
        requireFingerprint(ca);
        Context context = new Context(name.isEmpty() ? address.getHost() : name, base, ca, token());
        VersionView version = new Api(context).get("/version", VersionView.class);
        ContextFile file = new ContextFile(surroundings);
        file.write(file.read().with(context));
        surroundings
                .out()
                .println("logged in to " + base + " (fleet " + version.fleet() + ") as context " + context.name());
        surroundings.out().println("next: swarmctl status");
        return ExitCode.OK;
    }

    private static URI address(String typed) throws CliException {
        try {
            URI given = URI.create(typed.contains("://") ? typed : "https://" + typed);
            boolean bare = given.getPath() == null
                    || given.getPath().isEmpty()
                    || given.getPath().equals("/");
            if ("https".equals(given.getScheme()) && given.getHost() != null && bare) {
                int port = given.getPort() == -1 ? USUAL_PORT : given.getPort();
                return URI.create("https://" + given.getHost() + ":" + port);
            }
        } catch (IllegalArgumentException e) {
            throw CliException.usage("'" + typed + "' is no address", "write it as https://CONTROLLER:8443");
        }
        throw CliException.usage("'" + typed + "' is no controller's address", "write it as https://CONTROLLER:8443");
    }

    private void requireFingerprint(String ca) throws CliException {
        String actual = fingerprint(ca);
        if (!fingerprint.isEmpty()) {
            String expected = fingerprint.replace(":", "").strip().toLowerCase(Locale.ROOT);
            if (!expected.equals(actual)) {
                throw new CliException(
                        "the CA's fingerprint is " + actual + ", not the one given",
                        "compare with what the controller prints at its start; somebody may stand between");
            }
            return;
        }
        surroundings.err().println("fingerprint of the fleet's CA: " + actual);
        Surroundings.Person person = surroundings.person();
        if (person == null) {
            throw CliException.usage("nobody can be asked whether it is right", "give it: --fingerprint " + actual);
        }
        String answer = person.answer("Is it what the controller printed at its start? [y/N] ");
        if (answer == null || !answer.strip().matches("(?i)y(es)?")) {
            throw new CliException("not logged in", "compare it with what the controller prints at its start");
        }
    }

    private static String fingerprint(String ca) throws CliException {
        try {
            return Certificates.fingerprint(Certificates.fromPem(ca));
        } catch (TrustException e) {
            throw new CliException("no swarmctl controller answers there", "check address and port", e);
        }
    }

    private String token() throws CliException {
        String token = surroundings.variable("SWARMCTL_TOKEN");
        if (tokenFile != null) {
            try {
                token = Files.readString(tokenFile);
            } catch (IOException e) {
                throw new CliException("cannot read " + tokenFile, "is it there, and readable for you?", e);
            }
        } else if (token.isEmpty()) {
            token = ask();
        }
        if (token.isBlank()) {
            throw new CliException(
                    "there is no token", "the admin's lies in admin.token in the controller's data directory");
        }
        return token.strip();
    }

    private String ask() throws CliException {
        Surroundings.Person person = surroundings.person();
        if (person == null) {
            throw CliException.usage(
                    "nobody can be asked for the token", "give it with --token-file FILE or SWARMCTL_TOKEN");
        }
        String typed = person.secret("Access token (not shown): ");
        return typed == null ? "" : typed;
    }
}
