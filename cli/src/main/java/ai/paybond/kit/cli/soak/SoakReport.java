package ai.paybond.kit.cli.soak;

import ai.paybond.kit.wire.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * The samples of a soak, and what grew. The first half is for warming up: caches, pools and compiled code. Something grew
 * when the median of the last quarter is above that of the third by more than is allowed for.
 */
public final class SoakReport {
    /** With fewer, growth cannot be told from noise. */
    public static final int FEWEST_SAMPLES = 8;

    private static final int THREADS = 2;
    private static final int DESCRIPTORS = 4;
    private static final long HEAP_BYTES = 2 << 20;

    private final List<Sample> samples;
    private final List<String> broken;

    /** @param broken promises that a call broke */
    SoakReport(List<Sample> samples, List<String> broken) {
        this.samples = List.copyOf(samples);
        this.broken = List.copyOf(broken);
    }

    /** Everything that grew, and every promise that a call broke. */
    public List<String> violations() {
        List<String> violations = new ArrayList<>(broken);
        if (samples.size() >= FEWEST_SAMPLES) {
            compare(violations, "threads", Sample::threads, THREADS);
            compare(violations, "descriptors", Sample::descriptors, DESCRIPTORS);
            compare(violations, "heap bytes", Sample::heapBytes, HEAP_BYTES);
        }
        return violations;
    }

    private void compare(List<String> violations, String what, ToLongFunction<Sample> figure, long allowed) {
        int count = samples.size();
        long before = median(samples.subList(count / 2, count * 3 / 4), figure);
        long after = median(samples.subList(count * 3 / 4, count), figure);
        if (after - before > allowed) {
            violations.add(what + " grew from " + before + " to " + after);
        }
    }

    private static long median(List<Sample> some, ToLongFunction<Sample> figure) {
        return some.stream().mapToLong(figure).sorted().toArray()[some.size() / 2];
    }

    /** For people. */
    public String toText() {
        StringBuilder text = new StringBuilder();
        line(text, "seconds", "calls", "threads", "descriptors", "heap KiB");
        samples.forEach(sample -> line(
                text,
                sample.at().toSeconds(),
                sample.calls(),
                sample.threads(),
                sample.descriptors(),
                sample.heapBytes() / 1024));
        return text.toString();
    }

    private static void line(StringBuilder text, Object... cells) {
        text.append(String.format(Locale.ROOT, "%8s %10s %8s %12s %10s%n", cells));
    }

    /** For programs. */
    public JsonObject toJson() {
        return JsonObject.builder()
                .put("samples", samples.stream().map(Sample::toJson).toList())
                .put("violations", violations())
                .build();
    }
}
