package io.swarmctl.controller.cli;

import io.swarmctl.controller.image.ImageBuilder;
import io.swarmctl.controller.image.ImageBuilder.SettingsSource;
import io.swarmctl.controller.image.base.Architecture;
import io.swarmctl.controller.image.card.CardKit;
import io.swarmctl.controller.image.card.CardSettings;
import io.swarmctl.controller.image.card.CardUser;
import io.swarmctl.controller.image.card.DockerDirectory;
import io.swarmctl.controller.image.card.ImageInfo;
import io.swarmctl.controller.image.card.Region;
import io.swarmctl.controller.image.card.Wifi;
import io.swarmctl.controller.image.disk.ImageException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "build",
        description = {
            "Makes the image that is flashed onto every card of the fleet.",
            "Out of Raspberry Pi OS Lite (Bookworm or Trixie). Needs neither root nor mounts; the base is not touched."
        },
        footer = {
            "",
            "What goes onto the card comes from kit/ beside swarmctl.jar, in a checkout from target/kit",
            "(scripts/card kit makes it), or from where SWARMCTL_KIT says.",
            "",
            "Example:",
            "  swarmctl image build --base raspios-lite.img.xz --out fleet.img"
        })
final class ImageBuild implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(
            names = "--base",
            required = true,
            paramLabel = "IMAGE",
            description = "The published image, as it is or packed (xz, zst, gz, zip).")
    private Path base = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The image to make.")
    private Path out = Path.of("");

    @Option(names = "--force", description = "Replace the file if there is one.")
    private boolean force;

    @Option(names = "--ssh", description = "Have SSH open before the fleet's policy is known (default: closed).")
    private boolean ssh;

    @Mixin
    private EnrolmentOptions enrolment = new EnrolmentOptions();

    @Option(
            names = "--with-docker",
            paramLabel = "DIR",
            description = "Docker's packages, for a first boot without internet: gathered by "
                    + "'swarmctl image fetch-docker'.")
    private @Nullable Path dockerDirectory;

    @Mixin
    private UserOption user = new UserOption();

    @Mixin
    private WifiOptions wifi = new WifiOptions();

    @Mixin
    private RegionOptions region = new RegionOptions();

    @Mixin
    private Output output = new Output();

    ImageBuild(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException {
        Region where = region.read();
        CardKit bare = Kits.find(surroundings);
        EnrolmentOptions.Source enrolments = enrolment.prepare(surroundings);
        try {
            CardKit kit = dockerDirectory == null ? bare : bare.with(DockerDirectory.open(dockerDirectory));
            Wifi network = wifi.read(surroundings);
            // The user first: a key that nobody uses would be left.
            ImageInfo info = build(kit, () -> {
                CardUser first = user.read(enrolments.api());
                return new CardSettings(enrolments.take(), network, where, ssh, first);
            });
            if (info.docker().isEmpty()) {
                gatherAhead(enrolments.api(), info);
            }
            output.print(surroundings, Api.write(info, ImageInfo.class), this::words);
            return ExitCode.OK;
        } catch (ImageException e) {
            throw new CliException(String.valueOf(e.getMessage()), e.remedy(), e);
        }
    }

    /**
     * By the time the cards are written the controller has what the boards will ask for. Without it they are slower, and
     * the image is as good. Raspberry Pi OS of 32 bits has packages that are not Debian's.
     */
    private static void gatherAhead(@Nullable Api api, ImageInfo info) {
        if (api == null || info.architecture().equals(Architecture.ARMHF.debian())) {
            return;
        }
        try {
            String unused = api.send(
                    "POST", "/cache/docker", Map.of("release", info.release(), "architecture", info.architecture()));
        } catch (CliException e) {
            // An older controller does not know of it, and who may make keys may do this.
        }
    }

    private ImageInfo build(CardKit kit, SettingsSource<CliException> settings) throws ImageException, CliException {
        ProgressLine progress = new ProgressLine(surroundings);
        try {
            return new ImageBuilder(kit, progress).build(base, out, force, settings);
        } finally {
            progress.end();
        }
    }

    private String words(String json) throws CliException {
        return ImageInspect.words(Api.read(json, ImageInfo.class)) + "next           flash " + out
                + " onto every card, and switch the boards on\n";
    }
}
