package io.swarmctl.controller.image.flash;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The devices that somebody named: those that may be flashed, and why the others may not. Nothing is to be written
 * while there are refusals.
 */
public record Selection(List<Target> targets, List<Refusal> refusals) {
    public Selection {
        targets = List.copyOf(targets);
        refusals = List.copyOf(refusals);
    }

    public static Selection of(List<Node> nodes, Disks disks, Order order) {
        Judge judge = new Judge(disks, order);
        List<Target> targets = new ArrayList<>();
        List<Refusal> refusals = new ArrayList<>();
        Map<String, String> seen = new HashMap<>();
        for (Node node : nodes) {
            Optional<Refusal> wrong = mistyped(node, disks).or(() -> twice(node, seen));
            if (wrong.isPresent()) {
                refusals.add(wrong.get());
                continue;
            }
            seen.put(node.number(), node.typed());
            BlockDevice disk = disks.disk(node.number()).orElseThrow();
            judge.refuse(disk, node.typed())
                    .or(() -> forbidden(node))
                    .ifPresentOrElse(
                            refusals::add, () -> targets.add(new Target(node.path(), disk, judge.mounted(disk))));
        }
        return new Selection(targets, refusals);
    }

    private static Optional<Refusal> mistyped(Node node, Disks disks) {
        String seeDevices = "see which there are: swarmctl image devices";
        if (!node.there()) {
            return Optional.of(Refusal.mistyped("there is no " + node.typed(), seeDevices));
        }
        if (node.number().isEmpty()) {
            return Optional.of(Refusal.mistyped(node.typed() + " is no block device", seeDevices));
        }
        if (disks.disk(node.number()).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(disks.diskOfPartition(node.number())
                .map(disk -> Refusal.mistyped(
                        node.typed() + " is a partition", "give the whole device: /dev/" + disk.name()))
                .orElseGet(() -> Refusal.mistyped(node.typed() + " leads to no disk that the kernel has", seeDevices)));
    }

    private static Optional<Refusal> twice(Node node, Map<String, String> seen) {
        String other = seen.get(node.number());
        return other == null
                ? Optional.empty()
                : Optional.of(
                        Refusal.mistyped(other + " and " + node.typed() + " are the same device", "name it once"));
    }

    private static Optional<Refusal> forbidden(Node node) {
        return node.writable()
                ? Optional.empty()
                : Optional.of(
                        Refusal.because("you have no permission to write to " + node.typed(), "run it with sudo"));
    }
}
