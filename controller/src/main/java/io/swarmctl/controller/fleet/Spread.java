package io.swarmctl.controller.fleet;

import java.util.Collection;

/**
 * How values lie. Each of these is one of the values, none is reckoned between two.
 *
 * @param p25 a quarter is no more than this
 */
public record Spread(double least, double p25, double median, double p75, double most) {
    /** Of at least one value. */
    static Spread of(Collection<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new Spread(sorted[0], at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75), at(sorted, 1));
    }

    private static double at(double[] sorted, double part) {
        return sorted[place(sorted.length, part)];
    }

    /** Where, of so many sorted values, the least one stands that this part of all do not exceed. */
    static int place(int count, double part) {
        return Math.max(0, (int) Math.ceil(part * count) - 1);
    }
}
