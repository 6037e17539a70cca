package ai.paybond.kit.cli.rates;

import ai.paybond.kit.wire.json.JsonObject;
import java.util.Locale;

/**
 * What was measured with so many threads.
 *
 * @param threads that appended, and that delivered
 * @param appendsPerSecond steps that were on the store when the journal returned; a call takes three: before its tool runs, after
 *     it, once it is delivered
 * @param deliveriesPerSecond calls whose spend was settled and whose evidence was accepted by the sandbox
 */
public record Rates(int threads, double appendsPerSecond, double deliveriesPerSecond) {

    /** The columns of {@link #line()}. */
    public static String heading() {
        return String.format(Locale.ROOT, "%7s %12s %14s", "threads", "appends/s", "deliveries/s");
    }

    /** For people. */
    public String line() {
        return String.format(Locale.ROOT, "%7d %12.0f %14.0f", threads, appendsPerSecond, deliveriesPerSecond);
    }

    /** For programs. */
    public JsonObject toJson() {
        return JsonObject.builder()
                .put("threads", threads)
                .put("appends_per_second", Math.round(appendsPerSecond))
                .put("deliveries_per_second", Math.round(deliveriesPerSecond))
                .build();
    }
}
