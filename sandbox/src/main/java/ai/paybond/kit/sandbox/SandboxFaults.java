package ai.paybond.kit.sandbox;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * Faults waiting for their request. Each route has a queue: a request takes the first fault armed for its route, once per
 * time it was armed for. Thread-safe.
 */
public final class SandboxFaults {
    private final Map<SandboxRoute, Queue<Armed>> waiting = new EnumMap<>(SandboxRoute.class);

    SandboxFaults() {}

    /** Arms {@code fault} for the next request to {@code route} that finds no earlier fault; once, unless told otherwise. */
    public synchronized Armed onNext(SandboxRoute route, Fault fault) {
        Armed armed = new Armed(fault);
        waiting.computeIfAbsent(route, name -> new ArrayDeque<>()).add(armed);
        return armed;
    }

    /** Disarms everything. */
    public synchronized void clear() {
        waiting.clear();
    }

    synchronized Optional<Fault> take(SandboxRoute route) {
        Queue<Armed> queue = waiting.getOrDefault(route, new ArrayDeque<>());
        while (!queue.isEmpty() && queue.element().left == 0) {
            queue.remove();
        }
        if (queue.isEmpty()) {
            return Optional.empty();
        }
        queue.element().left--;
        return Optional.of(queue.element().fault);
    }

    /** A fault that was armed. */
    public final class Armed {
        private final Fault fault;
        private int left = 1;

        private Armed(Fault fault) {
            this.fault = fault;
        }

        /** Arms the fault for this many requests. */
        public SandboxFaults times(int requests) {
            synchronized (SandboxFaults.this) {
                left = requests;
                return SandboxFaults.this;
            }
        }
    }
}
