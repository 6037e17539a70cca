package ai.paybond.kit.benchmarks;

import ai.paybond.kit.wire.json.JsonNumber;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One figure, or several of one distribution.
 *
 * @param benchmark what was measured, such as {@code CapabilityBenchmark.cold}
 * @param params under which conditions
 * @param values by name: {@code min_us}, {@code p50_us}, {@code p99_us} and {@code mean_us} of one operation,
 *     {@code bytes_per_op} that it allocates, {@code per_second} of all threads together, {@code busy_ms_per_op} of processors
 */
record Measurement(String benchmark, Map<String, String> params, Map<String, Double> values) {

    Measurement {
        params = new TreeMap<>(params);
        values = new TreeMap<>(values);
    }

    Optional<Double> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    JsonObject toJson() {
        JsonObject.Builder conditions = JsonObject.builder();
        params.forEach(conditions::put);
        JsonObject.Builder figures = JsonObject.builder();
        values.forEach((name, value) -> figures.put(name, new JsonNumber(Double.toString(rounded(value)))));
        return JsonObject.builder()
                .put("benchmark", benchmark)
                .put("params", conditions.build())
                .put("values", figures.build())
                .build();
    }

    static Measurement parse(JsonObject json) {
        Map<String, String> params = new TreeMap<>();
        JsonObject conditions = json.object("params").orElseThrow();
        conditions
                .members()
                .keySet()
                .forEach(name -> params.put(name, conditions.string(name).orElseThrow()));
        Map<String, Double> values = new TreeMap<>();
        json.object("values")
                .orElseThrow()
                .members()
                .forEach((name, value) -> values.put(name, ((JsonNumber) value).doubleValue()));
        return new Measurement(json.string("benchmark").orElseThrow(), params, values);
    }

    /** To a thousandth; more digits than that say nothing. */
    private static double rounded(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }
}
