package ai.paybond.kit.sandbox.assertion;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What of one sort has arrived, oldest first, as it was when this was asked for. Immutable.
 *
 * @param <T> what arrived
 * @param <A> what can be said of one
 */
public final class Arrivals<T, A> {
    private final String what;
    private final List<T> arrived;
    private final Function<T, A> assertion;

    private Arrivals(String what, List<T> arrived, Function<T, A> assertion) {
        this.what = what;
        this.arrived = List.copyOf(arrived);
        this.assertion = assertion;
    }

    /** @param what the sort, in words, for failures */
    public static <T, A> Arrivals<T, A> of(String what, List<T> arrived, Function<T, A> assertion) {
        return new Arrivals<>(what, arrived, assertion);
    }

    /** Fails unless nothing arrived. */
    public void isEmpty() {
        hasSize(0);
    }

    /** Fails unless exactly so many arrived. */
    public Arrivals<T, A> hasSize(int expected) {
        if (arrived.size() != expected) {
            throw new AssertionError(
                    "expected " + expected + " of " + what + ", and " + arrived.size() + " arrived: " + arrived);
        }
        return this;
    }

    /** Fails unless exactly one arrived, and speaks of that one. */
    public A singleElement() {
        hasSize(1);
        return assertion.apply(arrived.get(0));
    }

    /** Fails when none arrived, and speaks of the latest. */
    public A last() {
        if (arrived.isEmpty()) {
            throw new AssertionError("expected some of " + what + ", and none arrived");
        }
        return assertion.apply(arrived.get(arrived.size() - 1));
    }

    /** Fails when one of them does not satisfy this; nothing is asked of none. */
    public Arrivals<T, A> allSatisfy(Consumer<A> requirement) {
        arrived.forEach(one -> requirement.accept(assertion.apply(one)));
        return this;
    }

    /** Only those for which this holds. */
    public Arrivals<T, A> filteredOn(Predicate<T> condition) {
        return new Arrivals<>(what, arrived.stream().filter(condition).toList(), assertion);
    }

    /** What arrived, for any other assertion. */
    public List<T> actual() {
        return arrived;
    }
}
