package ai.paybond.kit.internal.http;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A machine whose time passes only when told or slept, and whose chance is known. */
public final class ScriptedMachine implements Machine {
    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger ids = new AtomicInteger();
    private final List<Duration> pauses = new CopyOnWriteArrayList<>();

    @Override
    public long nanoTime() {
        return now.get();
    }

    @Override
    public void sleep(Duration pause) {
        pauses.add(pause);
        pass(pause);
    }

    @Override
    public double chance() {
        return 0.5;
    }

    @Override
    public String newId() {
        return "id-" + ids.incrementAndGet();
    }

    public void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    public List<Duration> pauses() {
        return pauses;
    }
}
