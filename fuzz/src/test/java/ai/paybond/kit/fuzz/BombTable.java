package ai.paybond.kit.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.function.Supplier;

/** Times the attacks, and writes rows for people to the file that {@code bombs.table} names. Judges nothing. */
final class BombTable {
    private static final int REPETITIONS = 5;

    private BombTable() {}

    /** What the attack comes to; the shortest of a few times is kept when a table is wanted. */
    static String outcome(String attack, String bound, Supplier<String> attempt) {
        String file = System.getProperty("bombs.table", "");
        String outcome = attempt.get();
        if (!file.isBlank()) {
            write(Path.of(file), row(attack, bound, outcome, shortest(attempt)));
        }
        return outcome;
    }

    private static double shortest(Supplier<String> attempt) {
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < REPETITIONS; i++) {
            long start = System.nanoTime();
            attempt.get();
            shortest = Math.min(shortest, System.nanoTime() - start);
        }
        return shortest / 1e6;
    }

    private static String row(String attack, String bound, String outcome, double millis) {
        return String.format(Locale.ROOT, "| %s | %s | `%s` | %.2f ms |%n", attack, bound, outcome, millis);
    }

    private static void write(Path file, String row) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, row, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
