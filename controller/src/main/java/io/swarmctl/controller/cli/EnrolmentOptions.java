package io.swarmctl.controller.cli;

import io.swarmctl.common.trust.Certificates;
import io.swarmctl.common.trust.TrustException;
import io.swarmctl.controller.api.view.KeysView.CreatedKeyView;
import io.swarmctl.controller.image.card.Enrolment;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How the nodes of an image find their controller and are let in. */
final class EnrolmentOptions {
    private static final Pattern ADDRESS = Pattern.compile("([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");
    private static final Pattern KEY = Pattern.compile("swk_[0-9a-z]+_[0-9a-z]+");

    @Mixin
    private Target target = new Target();

    @Option(
            names = "--controller",
            paramLabel = "HOST[:PORT]",
            description = "Where nodes look for the controller, may be repeated "
                    + "(default: where you are logged in to, port 8444).")
    private List<String> controllers = new ArrayList<>();

    @Option(names = "--mdns", negatable = true, description = "Look on the local network too, or do not (default: do).")
    private @Nullable Boolean mdns;

    @Mixin
    private KeyTerms terms = new KeyTerms();

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "An enrolment key that there is already, instead of a new one.")
    private @Nullable Path keyFile;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "The fleet CA's certificate, with --key-file and without a login.")
    private @Nullable Path caFile;

    /** Gives what was prepared; makes a key only then. */
    @FunctionalInterface
    interface Source {
        Enrolment take() throws CliException;

        /** The controller that it comes from; null without a login. */
        default @Nullable Api api() {
            return null;
        }
    }

    /** Finds out what can be found out without changing anything, so that nobody waits for a refusal. */
    Source prepare(Surroundings surroundings) throws CliException {
        for (String address : controllers) {
            if (!ADDRESS.matcher(address).matches()) {
                throw CliException.usage("'" + address + "' is no address", "write it as HOST or HOST:PORT");
            }
        }
        if (keyFile != null && terms.areGiven()) {
            throw CliException.usage(
                    "a key that there is already has its expiry and its uses", "leave out --expires and --uses");
        }
        if (keyFile != null && caFile != null) {
            String key = key(keyFile);
            String ca = certificate(caFile);
            List<String> addresses = reachable(controllers);
            return () -> new Enrolment(addresses, withMdns(), ca, key, null);
        }
        if (caFile != null) {
            throw CliException.usage("--ca goes with --key-file", "leave it out: the login knows the fleet's CA");
        }
        Api api = target.open(surroundings);
        List<String> addresses = reachable(controllers.isEmpty() ? ownAddress(api) : controllers);
        if (keyFile != null) {
            String key = key(keyFile);
            return from(
                    api,
                    () -> new Enrolment(addresses, withMdns(), api.context().ca(), key, null));
        }
        // Whoever cannot be reached now will not make a key later.
        api.get("/version");
        return from(api, () -> created(api, addresses));
    }

    private static Source from(Api api, Source source) {
        return new Source() {
            @Override
            public Enrolment take() throws CliException {
                return source.take();
            }

            @Override
            public Api api() {
                return api;
            }
        };
    }

    private Enrolment created(Api api, List<String> addresses) throws CliException {
        CreatedKeyView created = Api.read(terms.make(api), CreatedKeyView.class);
        return new Enrolment(
                addresses,
                withMdns(),
                api.context().ca(),
                created.text(),
                created.key().expiresAt());
    }

    private boolean withMdns() {
        return mdns == null || mdns;
    }

    private List<String> reachable(List<String> addresses) throws CliException {
        if (addresses.isEmpty() && !withMdns()) {
            throw CliException.usage("the nodes would not know where the controller is", "give --controller HOST");
        }
        return addresses;
    }

    /** Of a controller on this machine the login knows no address that helps others. */
    private static List<String> ownAddress(Api api) {
        String host = URI.create(api.context().url()).getHost();
        return host == null || host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]")
                ? List.of()
                : List.of(host);
    }

    private static String key(Path file) throws CliException {
        String key = text(file).strip();
        if (!KEY.matcher(key).matches()) {
            throw new CliException(file + " holds no enrolment key", "make one: swarmctl enrolment create > " + file);
        }
        return key;
    }

    private static String certificate(Path file) throws CliException {
        String pem = text(file);
        try {
            Certificates.fromPem(pem);
            return pem;
        } catch (TrustException e) {
            throw new CliException(
                    file + " holds no certificate", "take ca.crt from the controller's data directory", e);
        }
    }

    private static String text(Path file) throws CliException {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new CliException("cannot read " + file, "is it there, and readable for you?", e);
        }
    }
}
