package ai.paybond.kit.sandbox.nevermined;

import ai.paybond.kit.sandbox.Fault;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/** Faults waiting for their request; each is used once, in the order they were armed. Thread-safe. */
public final class NeverminedFaults {
    private final Map<NeverminedRoute, Queue<Fault>> waiting = new EnumMap<>(NeverminedRoute.class);
    private final Queue<String> refusals = new ArrayDeque<>();

    NeverminedFaults() {}

    /**
     * Spoils the next request to the route that finds no earlier fault. A {@link Fault.Status} answers with the backend's error
     * envelope and the fault's code.
     *
     * @throws IllegalArgumentException for faults that only Harbor's answers can have
     */
    public synchronized NeverminedFaults onNext(NeverminedRoute route, Fault fault) {
        if (fault instanceof Fault.Altered) {
            throw new IllegalArgumentException("that fault is Harbor's");
        }
        waiting.computeIfAbsent(route, name -> new ArrayDeque<>()).add(fault);
        return this;
    }

    /** Has the next settle answered 200 with {@code success: false} and this reason; nothing is burned. */
    public synchronized NeverminedFaults refuseNextSettlement(String reason) {
        refusals.add(reason);
        return this;
    }

    /** Disarms everything. */
    public synchronized void clear() {
        waiting.clear();
        refusals.clear();
    }

    synchronized Optional<Fault> take(NeverminedRoute route) {
        return Optional.ofNullable(
                waiting.getOrDefault(route, new ArrayDeque<>()).poll());
    }

    synchronized Optional<String> takeRefusal() {
        return Optional.ofNullable(refusals.poll());
    }
}
