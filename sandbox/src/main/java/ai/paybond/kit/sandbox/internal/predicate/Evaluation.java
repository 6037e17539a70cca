package ai.paybond.kit.sandbox.internal.predicate;

import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;

/** What came of applying a predicate, and every node that was asked, in order of its answer. */
public record Evaluation(boolean passed, List<Step> trace) {
    public Evaluation {
        trace = List.copyOf(trace);
    }

    /** One node's answer. */
    public record Step(List<String> path, String op, boolean passed) {
        JsonObject toJson() {
            return JsonObject.builder()
                    .put("path", path)
                    .put("op", op)
                    .put("passed", passed)
                    .build();
        }
    }

    public JsonObject toJson() {
        return JsonObject.builder()
                .put("passed", passed)
                .put("trace", trace.stream().map(Step::toJson).toList())
                .build();
    }
}
