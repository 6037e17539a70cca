package ai.paybond.kit.journal;

import java.time.Duration;

/** How a drain measures and spends time between its rounds. */
interface Waiting {

    /** Elapsed time from an arbitrary start. */
    Duration elapsed();

    /** Lets time pass. */
    void pause(Duration duration) throws InterruptedException;

    /** Real time. */
    static Waiting real() {
        return new Waiting() {
            @Override
            public Duration elapsed() {
                return Duration.ofNanos(System.nanoTime());
            }

            @Override
            public void pause(Duration duration) throws InterruptedException {
                Thread.sleep(duration.toMillis());
            }
        };
    }
}
