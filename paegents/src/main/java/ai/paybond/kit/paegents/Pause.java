package ai.paybond.kit.paegents;

import java.time.Duration;

/** How this module waits: between attempts of a request, and between looks at an activation. Thread-safe. */
@FunctionalInterface
public interface Pause {

    /** Returns after the time is over. */
    void rest(Duration duration) throws InterruptedException;

    /** Sleeps. */
    static Pause sleeping() {
        return duration -> Thread.sleep(duration.toMillis());
    }
}
