package ai.paybond.kit.benchmarks;

import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was measured, and on what.
 *
 * @param machine the processor, and the Java virtual machine
 * @param date when it began
 * @param thorough whether it took the time that the page takes
 */
record Report(String machine, String date, boolean thorough, List<Measurement> measurements) {

    Report {
        measurements = List.copyOf(measurements);
    }

    JsonObject toJson() {
        return JsonObject.builder()
                .put("machine", machine)
                .put("date", date)
                .put("long", thorough)
                .put(
                        "measurements",
                        measurements.stream().map(Measurement::toJson).toList())
                .build();
    }

    static Report parse(JsonObject json) {
        return new Report(
                json.string("machine").orElseThrow(),
                json.string("date").orElseThrow(),
                json.bool("long").orElseThrow(),
                json.array("measurements")
                        .orElseThrow()
                        .objectItems()
                        .map(Measurement::parse)
                        .toList());
    }

    /** A figure of the one measurement of this name under at least these conditions. */
    Optional<Double> value(String benchmark, Map<String, String> params, String name) {
        return measurements.stream()
                .filter(measurement -> measurement.benchmark().equals(benchmark)
                        && measurement.params().entrySet().containsAll(params.entrySet()))
                .findFirst()
                .flatMap(measurement -> measurement.value(name));
    }
}
