package ai.paybond.kit.cli.rates;

import ai.paybond.kit.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Measures one kind of store, everything twice, of which the first time is for warming up. The figures are of this machine, its disk and its load at the moment, and of one process.
 *
 * @param directory where files are made; null for the directory of temporary files
 * @param database needed for {@link Store#POSTGRESQL}
 */
public record JournalRates(
        Store store, @Nullable Path directory, @Nullable DatabaseAddress database, Clock clock) {
    private static final Duration WARM_UP = Duration.ofMillis(500);
    private static final int MOST_CONNECTIONS = 16;

    /**
     * @param threads that append, and that deliver
     * @param time how long to append
     * @param deliveries how many calls to deliver
     */
    public Rates measure(int threads, Duration time, int deliveries) throws Exception {
        return new Rates(threads, appends(threads, time), deliveries(threads, deliveries));
    }

    private double appends(int threads, Duration time) throws Exception {
        try (FreshJournal cold = open(threads)) {
            new AppendRate(cold.journal(), clock).measure(threads, WARM_UP);
        }
        try (FreshJournal fresh = open(threads)) {
            return new AppendRate(fresh.journal(), clock).measure(threads, time);
        }
    }

    private double deliveries(int threads, int calls) throws Exception {
        try (FreshJournal cold = open(threads);
                Sandbox sandbox = Sandbox.start()) {
            new DeliveryRate(cold.journal(), sandbox).measure(threads, calls);
        }
        try (FreshJournal fresh = open(threads);
                Sandbox sandbox = Sandbox.start()) {
            return new DeliveryRate(fresh.journal(), sandbox).measure(threads, calls);
        }
    }

    private FreshJournal open(int threads) throws IOException {
        return switch (store) {
            case MEMORY -> FreshJournal.inMemory();
            case SQLITE -> FreshJournal.inFile(directory);
            case POSTGRESQL -> {
                if (database == null) {
                    throw new IllegalArgumentException("a PostgreSQL journal needs its database's address");
                }
                yield FreshJournal.inPostgresql(database, Math.min(threads + 2, MOST_CONNECTIONS));
            }
        };
    }
}
