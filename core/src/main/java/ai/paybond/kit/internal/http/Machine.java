package ai.paybond.kit.internal.http;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** What a session asks of the machine it runs on: elapsed time, pauses and chance. Tests bring their own. */
public interface Machine {
    /** Nanoseconds since an arbitrary moment; never goes back. */
    long nanoTime();

    /** Waits for this long. */
    void sleep(Duration pause) throws InterruptedException;

    /** A number from 0 inclusive to 1 exclusive, to spread retries. */
    double chance();

    /** A text that nobody else will ever draw: idempotency keys and nonces. */
    String newId();

    /** The machine itself. */
    static Machine real() {
        return RealMachine.INSTANCE;
    }

    /** The only implementation outside tests. */
    enum RealMachine implements Machine {
        /** Stateless. */
        INSTANCE;

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void sleep(Duration pause) throws InterruptedException {
            Thread.sleep(pause.toMillis());
        }

        @Override
        public double chance() {
            return ThreadLocalRandom.current().nextDouble();
        }

        @Override
        public String newId() {
            return UUID.randomUUID().toString();
        }
    }
}
