package io.swarmctl.controller.gather;

import io.swarmctl.common.wire.Services;
import io.swarmctl.controller.cache.CacheException;
import io.swarmctl.controller.cache.Entry;
import io.swarmctl.controller.cache.Reading;
import io.swarmctl.controller.fleet.DebianSystem;
import io.swarmctl.controller.image.card.DockerManifest;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What may be given out: for each kind of system the latest that was gathered, under the checksum of its index. */
final class Offers {
    private static final Pattern PATH =
            Pattern.compile(Services.GATHERED + "([0-9a-f]{64})/([0-9A-Za-z][0-9A-Za-z.+~_%-]{0,200})");

    private final Map<String, Offer> byIndex = new ConcurrentHashMap<>();

    private record Offer(Path directory, DebianSystem system, DockerManifest manifest) {
        Optional<DockerManifest.File> file(String name) {
            return manifest.files().stream()
                    .filter(file -> file.name().equals(name))
                    .findFirst();
        }
    }

    boolean has(DebianSystem system) {
        return byIndex.values().stream().anyMatch(offer -> offer.system().equals(system));
    }

    /** Takes the place of what there was for that system; gives its index, and nothing when it is as it was. */
    Optional<String> put(DebianSystem system, Path directory, DockerManifest manifest) {
        Offer offer = new Offer(directory, system, manifest);
        Optional<String> index = offer.file(DockerManifest.INDEX)
                .map(DockerManifest.File::sha256)
                .filter(sum -> !byIndex.containsKey(sum));
        index.ifPresent(sum -> {
            byIndex.values().removeIf(old -> old.system().equals(system));
            byIndex.put(sum, offer);
        });
        return index;
    }

    /** @throws CacheException when there is no such file */
    Reading open(String path) throws IOException {
        Matcher parts = PATH.matcher(path);
        if (parts.matches()) {
            Offer offer = byIndex.get(parts.group(1));
            Optional<DockerManifest.File> file = offer == null ? Optional.empty() : offer.file(parts.group(2));
            if (offer != null && file.isPresent()) {
                String sum = file.get().sha256();
                Entry head = new Entry(path, file.get().size(), sum, "\"" + sum + "\"", "", "", 0);
                return Reading.of(head, offer.directory().resolve(file.get().name()));
            }
        }
        throw new CacheException(HttpURLConnection.HTTP_NOT_FOUND, "not among what is gathered");
    }
}
