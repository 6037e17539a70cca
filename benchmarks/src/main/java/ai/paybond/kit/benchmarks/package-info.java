/**
 * What the kit costs, measured beside what it is built on. Each class named {@code ...Benchmark} is a JMH benchmark of one
 * part.
 */
@NullMarked
package ai.paybond.kit.benchmarks;

import org.jspecify.annotations.NullMarked;
