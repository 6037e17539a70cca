package ai.paybond.kit.benchmarks;

/**
 * How long to measure.
 *
 * @param warmUps iterations of warm-up for each benchmark
 * @param iterations iterations of measurement
 * @param millis the length of one iteration
 */
record Effort(int warmUps, int iterations, int millis) {
    /** For a look: about a minute for a suite. */
    static final Effort SHORT = new Effort(2, 2, 500);

    /** For the page. */
    static final Effort LONG = new Effort(3, 4, 1_000);

    /** To see that it runs. */
    static final Effort BLINK = new Effort(0, 1, 10);

    long measuringMillis() {
        return (long) iterations * millis;
    }
}
