package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.RecoveryView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "recover",
        description = {
            "Declares the swarm lost, when most of its managers never come back.",
            "One that is left goes on with it, services and workers included; without one a new swarm is founded."
                    + " Shows what that means, and asks."
        },
        footer = {"", "Examples:", "  swarmctl swarm recover", "  swarmctl swarm recover --founder pi-002 --yes"})
final class SwarmRecover implements Callable<Integer> {
    private static final String PATH = "/swarm/recovery";

    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    @Mixin
    private Output output = new Output();

    @Option(
            names = "--founder",
            paramLabel = "NODE",
            description = "The node that goes on with the swarm or founds a new one; else the best one is chosen.")
    private String founder = "";

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask. Needed where nobody can be asked.")
    private boolean yes;

    SwarmRecover(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException {
        Api api = target.open(surroundings);
        Map<String, Object> order = new HashMap<>();
        if (!founder.isEmpty()) {
            order.put("founder", founder);
        }
        RecoveryView preview = Api.read(api.send("POST", PATH + "/preview", order), RecoveryView.class);
        surroundings.err().print(words(preview));
        if (!yes) {
            Consent.ask(surroundings, "Declare the swarm lost?", "read the above", "not recovered");
        }
        order.put("founderEpoch", preview.founderEpoch());
        return Changed.print(surroundings, output, api.send("POST", PATH, order));
    }

    private static String words(RecoveryView view) {
        StringBuilder text =
                new StringBuilder("swarm ").append(Words.dash(view.clusterId())).append(" is declared lost\n");
        text.append("  ")
                .append(view.chosen())
                .append(view.keeps() ? " goes on with it, at first as its only manager\n" : " founds a new swarm\n");
        managers(text, view.connected(), "connected", view.keeps());
        managers(text, view.silent(), "not connected", view.keeps());
        view.lost().forEach(what -> text.append("  lost: ").append(what).append('\n'));
        if (!view.connected().isEmpty()) {
            text.append(
                    "  careful: if most managers still reach each other, the swarm is not lost; see: swarmctl swarm show\n");
        }
        return text.toString();
    }

    private static void managers(StringBuilder text, List<String> names, String how, boolean keeps) {
        if (!names.isEmpty()) {
            text.append("  ")
                    .append(String.join(" ", names))
                    .append(" (")
                    .append(how)
                    .append(
                            keeps
                                    ? "): a manager again by itself, once it reaches that one\n"
                                    : "): leaves it and joins the new one\n");
        }
    }
}
