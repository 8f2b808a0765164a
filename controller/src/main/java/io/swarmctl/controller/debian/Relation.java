package io.swarmctl.controller.debian;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One package that another one asks for.
 *
 * @param operator {@code <<}, {@code <=}, {@code =}, {@code >=}, {@code >>}, or empty when every version will do
 */
record Relation(String name, String operator, DebianVersion version) {
    private static final Pattern FORM =
            Pattern.compile("([a-z0-9][a-z0-9+.-]*)(?::[a-z0-9-]+)?(?:\\s*\\((<<|<=|=|>=|>>)\\s*([^)\\s]+)\\))?");

    /**
     * A dependency field: for each of the packages that are needed, the alternatives that will do.
     *
     * @throws IllegalArgumentException when it is not of the form that binary packages use
     */
    static List<List<Relation>> parse(String field) {
        List<List<Relation>> needed = new ArrayList<>();
        for (String alternatives : field.split(",", -1)) {
            if (!alternatives.isBlank()) {
                List<Relation> any = new ArrayList<>();
                for (String one : alternatives.split("\\|", -1)) {
                    any.add(one(one.strip()));
                }
                needed.add(List.copyOf(any));
            }
        }
        return List.copyOf(needed);
    }

    private static Relation one(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no relation between packages");
        }
        boolean versioned = form.group(2) != null;
        return new Relation(
                form.group(1), versioned ? form.group(2) : "", new DebianVersion(versioned ? form.group(3) : ""));
    }

    boolean acceptsEvery() {
        return operator.isEmpty();
    }

    boolean accepts(DebianVersion offered) {
        int order = offered.compareTo(version);
        return switch (operator) {
            case "<<" -> order < 0;
            case "<=" -> order <= 0;
            case "=" -> order == 0;
            case ">=" -> order >= 0;
            case ">>" -> order > 0;
            default -> true;
        };
    }
}
