package io.swarmctl.controller.server;

import io.swarmctl.common.trust.Certificates;
import io.swarmctl.controller.cli.ControllerRunner;
import io.swarmctl.controller.policy.FleetYaml;
import io.swarmctl.controller.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogManager;

/** {@code swarmctl controller}: from its configuration to its end by SIGTERM or Ctrl-C. */
public final class ControllerProcess implements ControllerRunner {
    private static final int OK = 0;
    private static final int USAGE = 2;
    private static final int STOP_SECONDS = 20;
    private static final String CA_FILE = "ca.crt";
    private static final String PORT_FILE = "https.port";

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    @Override
    public int run(Map<String, String> flags, PrintStream out, PrintStream err)
            throws IOException, InterruptedException {
        logOneLineEach();
        Thread.setDefaultUncaughtExceptionHandler(new LastWords(err, Runtime.getRuntime()::halt));
        ControllerConfig config;
        try {
            config = ControllerConfig.load(flags, System.getenv());
        } catch (ControllerConfigException e) {
            err.println("error: " + e.getMessage());
            return USAGE;
        }
        try (DataDirectory data = DataDirectory.open(config.dataDirectory());
                Store store = Store.open(data.path(), InstantSource.system());
                RunningController controller = start(config, data, store)) {
            leaveWord(data, controller);
            greet(out, controller, data.path());
            Runtime.getRuntime().addShutdownHook(new Thread(this::end, "shutdown"));
            Closing announcement = announce(config, controller);
            asked.await();
            announcement.close();
        } finally {
            ended.countDown();
        }
        return OK;
    }

    private static RunningController start(ControllerConfig config, DataDirectory data, Store store)
            throws IOException, InterruptedException {
        return RunningController.start(
                new RunningController.Options(
                        version(),
                        config.listen(),
                        config.httpsPort(),
                        config.gatewayPort(),
                        config.names(),
                        new RunningController.Packages(
                                data.forPackages(System.getenv()),
                                config.cacheUpstreams(),
                                new DebianArchive(config.debianMirror()))),
                store,
                new FleetYaml(),
                InstantSource.system());
    }

    /** For the command line on the same machine, which needs no login then. */
    private static void leaveWord(DataDirectory data, RunningController controller) throws IOException {
        data.write(CA_FILE, Certificates.toPem(controller.ca()).getBytes(StandardCharsets.US_ASCII));
        data.write(PORT_FILE, String.valueOf(controller.httpsPort()).getBytes(StandardCharsets.US_ASCII));
    }

    private static Closing announce(ControllerConfig config, RunningController controller) {
        Closing announcement = new Closing();
        if (config.mdns()) {
            announcement.add(Announcement.start(new Announcement.Service(
                    controller.loop().fleet().id(),
                    Certificates.fingerprint(controller.ca()),
                    config.listen(),
                    controller.gatewayPort())));
        }
        return announcement;
    }

    private static void greet(PrintStream out, RunningController controller, Path data) {
        String url = "https://" + controller.names().get(0) + ":" + controller.httpsPort();
        String fingerprint = Certificates.fingerprint(controller.ca());
        out.println(
                "swarmctl " + version() + ", fleet " + controller.loop().fleet().id());
        out.println("  dashboard and API  " + url + "  (API: " + url + "/api/v1)");
        out.println("  agents             port " + controller.gatewayPort());
        out.println("  CA fingerprint     " + fingerprint);
        out.println("  admin token        " + Store.adminToken(data));
        out.println("  next               swarmctl login " + url + " --fingerprint " + fingerprint + " --token-file "
                + Store.adminToken(data));
        out.flush();
    }

    /** The process ends when its shutdown hooks have, so this one waits until all is closed. */
    private void end() {
        asked.countDown();
        try {
            boolean unused = ended.await(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void logOneLineEach() throws IOException {
        if (System.getProperty("java.util.logging.config.file") != null) {
            return;
        }
        try (InputStream settings = ControllerProcess.class.getResourceAsStream("logging.properties")) {
            LogManager.getLogManager().readConfiguration(settings);
        }
    }

    private static String version() {
        return Optional.ofNullable(ControllerProcess.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
