package ai.paybond.kit.wire.conformance;

import java.util.List;

/**
 * How one file of vectors came out, entry by entry, list by list. Immutable.
 *
 * @param fileName as it was given
 * @param outcomes of {@link ConformanceSuite} at least one
 */
public record ConformanceReport(String fileName, List<Outcome> outcomes) {
    public ConformanceReport {
        outcomes = List.copyOf(outcomes);
    }

    /** How many entries there were; a list or file that cannot be run counts as one. */
    public int total() {
        return outcomes.size();
    }

    /** How many came out as the file says, departures included. */
    public int passed() {
        return (int) outcomes.stream().filter(Outcome::passed).count();
    }

    /** The entries that did not pass. */
    public List<Outcome> mismatches() {
        return outcomes.stream().filter(outcome -> !outcome.passed()).toList();
    }

    /** Entries that this library refuses on purpose although the TypeScript kit computes something. */
    public List<Outcome> departures() {
        return outcomes.stream()
                .filter(outcome -> !outcome.departure().isEmpty())
                .toList();
    }

    /**
     * One entry.
     *
     * @param entry list, position and name within the file
     * @param passed true if every check of the entry came out as the file says
     * @param expected what the file says, or empty when the entry passed
     * @param actual what was computed instead, or empty when the entry passed
     * @param departure why this library refuses the entry on purpose, or empty
     */
    public record Outcome(String entry, boolean passed, String expected, String actual, String departure) {}
}
