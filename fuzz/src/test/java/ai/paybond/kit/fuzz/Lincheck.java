package ai.paybond.kit.fuzz;

import org.jetbrains.lincheck.datastructures.StressOptions;

/**
 * How hard Lincheck tries: random programs of three threads are run over and over, and every result must be one that some
 * order of the calls explains. {@code -Dlincheck.iterations} says how many programs; few by default.
 */
public final class Lincheck {
    private static final int ITERATIONS = Integer.getInteger("lincheck.iterations", 4);
    private static final int RUNS_OF_EACH = 200;

    private Lincheck() {}

    public static void stress(Class<?> structure) {
        stress(structure, ITERATIONS, RUNS_OF_EACH);
    }

    /** As {@link #stress(Class)}, for what takes long each time. */
    public static void stressLittle(Class<?> structure) {
        stress(structure, Math.max(1, ITERATIONS / 4), RUNS_OF_EACH / 10);
    }

    private static void stress(Class<?> structure, int iterations, int runsOfEach) {
        new StressOptions()
                .threads(3)
                .actorsPerThread(3)
                .actorsBefore(1)
                .actorsAfter(1)
                .iterations(iterations)
                .invocationsPerIteration(runsOfEach)
                .check(structure);
    }
}
