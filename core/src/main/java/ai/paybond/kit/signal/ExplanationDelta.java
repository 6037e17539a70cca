package ai.paybond.kit.signal;

import ai.paybond.kit.internal.platform.Reply;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What changed since an operator's receipt before.
 *
 * @param basis what is compared with, in the server's words
 * @param previousScore the score before; absent when that is not said
 * @param scoreDelta by how much the score moved; absent when that is not said
 * @param changedMetrics the metrics that moved
 * @param reasonCodesAdded reasons that are new
 * @param reasonCodesRemoved reasons that are gone
 * @param summary a sentence for people
 */
public record ExplanationDelta(
        String basis,
        @Nullable BigDecimal previousScore,
        @Nullable BigDecimal scoreDelta,
        List<ChangedMetric> changedMetrics,
        List<String> reasonCodesAdded,
        List<String> reasonCodesRemoved,
        @Nullable String summary) {

    public ExplanationDelta {
        changedMetrics = List.copyOf(changedMetrics);
        reasonCodesAdded = List.copyOf(reasonCodesAdded);
        reasonCodesRemoved = List.copyOf(reasonCodesRemoved);
    }

    static ExplanationDelta of(Reply reply) {
        return new ExplanationDelta(
                reply.string("basis"),
                reply.optionalDecimal("previous_score").orElse(null),
                reply.optionalDecimal("score_delta").orElse(null),
                reply.each("changed_metrics").stream().map(ChangedMetric::of).toList(),
                reply.strings("reason_codes_added"),
                reply.strings("reason_codes_removed"),
                reply.optionalString("summary").orElse(null));
    }

    /**
     * A metric that moved.
     *
     * @param metric its name
     * @param previous before
     * @param current now
     */
    public record ChangedMetric(String metric, BigDecimal previous, BigDecimal current) {
        static ChangedMetric of(Reply reply) {
            return new ChangedMetric(reply.string("metric"), reply.decimal("previous"), reply.decimal("current"));
        }
    }
}
