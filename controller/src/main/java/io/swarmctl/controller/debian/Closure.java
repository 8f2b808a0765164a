package io.swarmctl.controller.debian;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what has to be there for packages to be installed: what they need, and what that needs. Pure. */
final class Closure {
    private final Map<String, DebianPackage> newest = new HashMap<>();
    private final Map<String, List<DebianPackage>> providers = new HashMap<>();

    /** @param offered by all archives together; of each name the newest version is taken, as apt does */
    Closure(List<DebianPackage> offered) {
        for (DebianPackage one : offered) {
            newest.merge(one.name(), one, (a, b) -> a.version().compareTo(b.version()) >= 0 ? a : b);
        }
        for (DebianPackage one : newest.values()) {
            for (Relation provided : one.provides()) {
                providers
                        .computeIfAbsent(provided.name(), name -> new ArrayList<>())
                        .add(one);
            }
        }
        providers.values().forEach(list -> list.sort(Comparator.comparing(DebianPackage::name)));
    }

    boolean offers(String name) {
        return newest.containsKey(name);
    }

    /**
     * The packages of those names and all that they need, but for what every Debian has; by their names.
     *
     * @throws DebianException when the archives lack something of it
     */
    List<DebianPackage> of(List<String> names) throws DebianException {
        Map<String, DebianPackage> everywhere = new LinkedHashMap<>();
        Deque<DebianPackage> required = new ArrayDeque<>();
        newest.values().stream()
                .filter(DebianPackage::isRequired)
                .sorted(Comparator.comparing(DebianPackage::name))
                .forEach(required::add);
        follow(required, everywhere, Map.of());
        Map<String, DebianPackage> found = new LinkedHashMap<>();
        Deque<DebianPackage> asked = new ArrayDeque<>();
        for (String name : names) {
            DebianPackage one = newest.get(name);
            if (one == null) {
                throw new DebianException("the archive has no " + name, "try another mirror: --mirror URL");
            }
            asked.add(one);
        }
        follow(asked, found, everywhere);
        return found.values().stream()
                .sorted(Comparator.comparing(DebianPackage::name))
                .toList();
    }

    /** @param there what need not be found */
    private void follow(Deque<DebianPackage> open, Map<String, DebianPackage> found, Map<String, DebianPackage> there)
            throws DebianException {
        while (!open.isEmpty()) {
            DebianPackage one = open.remove();
            if (found.putIfAbsent(one.name(), one) != null) {
                continue;
            }
            for (List<Relation> alternatives : one.needs()) {
                if (alternatives.stream().noneMatch(any -> isMet(any, found, there))) {
                    open.add(alternatives.stream()
                            .flatMap(any -> candidate(any).stream())
                            .findFirst()
                            .orElseThrow(() -> missing(alternatives.get(0).name(), one.name())));
                }
            }
        }
    }

    private static DebianException missing(String name, String forWhom) {
        return new DebianException(
                "there is no " + name + ", which " + forWhom + " needs", "try another mirror: --mirror URL");
    }

    /** What a system has is of an unknown version, unless the newest is asked for: then it has to be brought along. */
    private boolean isMet(Relation any, Map<String, DebianPackage> found, Map<String, DebianPackage> there) {
        DebianPackage chosen = found.get(any.name());
        if (chosen != null) {
            return any.accepts(chosen.version());
        }
        boolean exact = any.operator().equals("=") || any.operator().equals(">>");
        return (!exact && there.containsKey(any.name()))
                || providersOf(any).stream()
                        .anyMatch(one -> found.containsKey(one.name()) || there.containsKey(one.name()));
    }

    private Optional<DebianPackage> candidate(Relation any) {
        DebianPackage real = newest.get(any.name());
        if (real != null && any.accepts(real.version())) {
            return Optional.of(real);
        }
        return providersOf(any).stream().findFirst();
    }

    private List<DebianPackage> providersOf(Relation any) {
        return providers.getOrDefault(any.name(), List.of()).stream()
                .filter(one -> one.provides().stream()
                        .anyMatch(provided -> provided.name().equals(any.name())
                                && (any.acceptsEvery()
                                        || (!provided.acceptsEvery() && any.accepts(provided.version())))))
                .toList();
    }
}
