package io.swarmctl.agent.workload;

/**
 * One piece of work for a processor: mixes whole numbers, with branches, and multiplies matrices. Small enough for the
 * first cache of every board, so that memory has no part in it. It is never to be changed, for results of years are
 * compared. Used by one thread.
 */
final class Round {
    private static final int NUMBERS = 1_024;
    private static final int SIDE = 16;

    private final int[] numbers = new int[NUMBERS];
    private final double[] left = new double[SIDE * SIDE];
    private final double[] right = new double[SIDE * SIDE];
    private final double[] product = new double[SIDE * SIDE];
    private int seed = 1;

    Round() {
        for (int i = 0; i < left.length; i++) {
            left[i] = 1.0 / (i + 1);
            right[i] = 1.0 / (2 * i + 1);
        }
    }

    /** Does it once; the number is of no use but to show that it was done. */
    long run() {
        return mix() + Double.doubleToRawLongBits(multiply());
    }

    private int mix() {
        int x = seed;
        for (int i = 0; i < NUMBERS; i++) {
            x ^= x << 13;
            x ^= x >>> 17;
            x ^= x << 5;
            if ((x & 3) == 0) {
                numbers[i] = numbers[x & (NUMBERS - 1)] + x;
            } else {
                numbers[i] = numbers[i] * 31 + (x >>> 3);
            }
        }
        seed = x;
        return numbers[x & (NUMBERS - 1)];
    }

    private double multiply() {
        for (int row = 0; row < SIDE; row++) {
            for (int column = 0; column < SIDE; column++) {
                double sum = 0;
                for (int i = 0; i < SIDE; i++) {
                    sum += left[row * SIDE + i] * right[i * SIDE + column];
                }
                product[row * SIDE + column] = sum;
            }
        }
        return product[seed & (SIDE * SIDE - 1)];
    }
}
