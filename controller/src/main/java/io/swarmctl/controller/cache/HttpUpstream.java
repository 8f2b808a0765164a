package io.swarmctl.controller.cache;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks archives by HTTP and HTTPS. A name is looked up here, and what is connected to is an address that was looked at:
 * never one in the own network, whatever a name server says.
 */
final class HttpUpstream implements Upstream {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int ANSWER_SECONDS = 12;
    private static final int CONNECTIONS_A_SERVER = 4;
    private static final int MOST_WAITING = 64;
    private static final int MOST_ADDRESSES = 3;
    private static final int MOST_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final HttpClient client;
    private final Resolver resolver;
    private final Supplier<Upstreams> upstreams;
    private final Unreachable unreachable = new Unreachable();

    /** @param trust whose certificates are believed; null: those that Java believes */
    HttpUpstream(Vertx vertx, Resolver resolver, @Nullable TrustOptions trust, Supplier<Upstreams> upstreams) {
        this.resolver = resolver;
        this.upstreams = upstreams;
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setKeepAliveTimeout(15)
                .setVerifyHost(true);
        if (trust != null) {
            options.setTrustOptions(trust);
        }
        this.client = vertx.createHttpClient(
                options, new PoolOptions().setHttp1MaxSize(CONNECTIONS_A_SERVER).setMaxWaitQueueSize(MOST_WAITING));
    }

    @Override
    public Answer get(PackageUrl url, Map<String, String> headers) throws IOException, InterruptedException {
        PackageUrl next = url;
        for (int hops = 0; hops <= MOST_REDIRECTS; hops++) {
            HttpAnswer answer = ask(next, headers);
            if (!REDIRECTS.contains(answer.status())) {
                return answer;
            }
            answer.close();
            next = redirected(next, answer.header("Location"));
        }
        throw new CacheException(
                HttpURLConnection.HTTP_BAD_GATEWAY, url.host() + " sends on from one place to the next without end");
    }

    void close() {
        var unused = client.close();
    }

    private PackageUrl redirected(PackageUrl from, String location) throws CacheException {
        Optional<PackageUrl> to = from.redirectedTo(location);
        return to.flatMap(upstreams.get()::route)
                .orElseThrow(() -> new CacheException(
                        HttpURLConnection.HTTP_FORBIDDEN,
                        from.host() + " sends on to " + to.map(PackageUrl::host).orElse("no archive")
                                + ", which is not on the package cache's list"));
    }

    private HttpAnswer ask(PackageUrl url, Map<String, String> headers) throws IOException, InterruptedException {
        unreachable.refuse(url.authority());
        IOException last = new IOException("it has no address");
        for (InetAddress address : addresses(url)) {
            try {
                return ask(url, headers, address);
            } catch (IOException e) {
                last = e;
            }
        }
        unreachable.note(url.authority());
        throw last;
    }

    private List<InetAddress> addresses(PackageUrl url) throws IOException {
        List<InetAddress> all;
        try {
            all = resolver.lookUp(url.host());
        } catch (IOException e) {
            unreachable.note(url.authority());
            throw new IOException("its name cannot be looked up", e);
        }
        if (upstreams.get().mayBeInside(url)) {
            return all.stream().limit(MOST_ADDRESSES).toList();
        }
        List<Addresses.Net> own = Resolver.ownNetworks();
        List<InetAddress> outside = all.stream()
                .filter(address -> Addresses.isOutside(address, own))
                .limit(MOST_ADDRESSES)
                .toList();
        if (outside.isEmpty()) {
            throw new CacheException(
                    HttpURLConnection.HTTP_FORBIDDEN,
                    url.host() + " has an address inside the network; a mirror of your own has to be named with"
                            + " --cache-upstreams");
        }
        return outside;
    }

    private HttpAnswer ask(PackageUrl url, Map<String, String> headers, InetAddress address)
            throws IOException, InterruptedException {
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setServer(SocketAddress.inetSocketAddress(url.port(), address.getHostAddress()))
                .setHost(url.host())
                .setPort(url.port())
                .setSsl(url.tls())
                .setURI(url.path())
                .putHeader("User-Agent", "swarmctl")
                .putHeader("Accept", "*/*");
        headers.forEach(request::putHeader);
        try {
            // Within, on the connection's own event loop: a hop later the content may be over already.
            return client.request(request)
                    .compose(asked -> asked.send().map(HttpAnswer::new))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(String.valueOf(cause.getMessage()), cause);
        } catch (TimeoutException e) {
            throw new IOException("it says nothing", e);
        }
    }
}
