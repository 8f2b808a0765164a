package io.swarmctl.controller.cli;

import io.swarmctl.controller.image.ImageInspection;
import io.swarmctl.controller.image.card.ImageInfo;
import io.swarmctl.controller.image.disk.ImageException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "inspect",
        description = "Shows what an image was made from and for. Tells no secrets.",
        footer = {"", "Example:", "  swarmctl image inspect fleet.img"})
final class ImageInspect implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(
            paramLabel = "IMAGE",
            description = "An image that 'swarmctl image build' has made, as it is or packed.")
    private Path image = Path.of("");

    @Mixin
    private Output output = new Output();

    ImageInspect(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException {
        ProgressLine progress = new ProgressLine(surroundings);
        try {
            String json = Api.write(ImageInspection.inspect(image, progress), ImageInfo.class);
            progress.end();
            output.print(surroundings, json, text -> words(Api.read(text, ImageInfo.class)));
            return ExitCode.OK;
        } catch (ImageException e) {
            progress.end();
            throw new CliException(String.valueOf(e.getMessage()), e.remedy(), e);
        }
    }

    static String words(ImageInfo info) {
        List<String> lines = new ArrayList<>();
        lines.add("base           " + info.base());
        lines.add("agent          " + info.agent());
        lines.add("controllers    " + controllers(info));
        lines.add("fleet CA       " + info.ca());
        lines.add("enrolment key  " + Words.dash(info.enrolmentKey()) + expiry(info.expires()));
        lines.add("wifi           " + (info.wifi().isEmpty() ? "none" : info.wifi() + " (" + info.wifiCountry() + ")"));
        lines.add("user           " + (info.user().isEmpty() ? "none before enrolment" : info.user()));
        lines.add("docker         " + (info.docker().isEmpty() ? "from the network" : info.docker() + ", on the card"));
        lines.add("ssh            " + (info.ssh() ? "open" : "closed") + " until the fleet's policy is known");
        lines.add("region         " + region(info));
        return Words.lines(lines);
    }

    private static String controllers(ImageInfo info) {
        String listed = String.join(", ", info.controllers());
        if (!info.mdns()) {
            return listed;
        }
        return listed + (listed.isEmpty() ? "" : ", and ") + "what announces itself on the local network";
    }

    private static String expiry(@Nullable Instant expires) {
        return expires == null ? "" : ", until " + expires;
    }

    private static String region(ImageInfo info) {
        List<String> known = new ArrayList<>(List.of(info.timezone(), info.locale(), info.keyboard()));
        known.removeIf(String::isEmpty);
        return known.isEmpty() ? "as the base has it" : String.join(", ", known);
    }
}
