package ai.paybond.kit.fraud;

import ai.paybond.kit.internal.platform.Reply;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Optional;

/**
 * What happened in a window of time. The counts most looked at have names; {@link #count} gives every other, such as
 * {@code refund_burst_count}.
 *
 * @param window the window, in the server's words
 * @param startedAt when it began, RFC 3339
 * @param endedAt when it ended, RFC 3339
 * @param flaggedOperators how many operators stood out
 * @param criticalSignals how many critical signals
 * @param openReviews how many reviews wait
 * @param reviewed how many were done
 * @param confirmedRisks how many of those were right
 * @param falsePositives how many of those were wrong
 * @param reviewPrecisionBps how often a review was right, in basis points
 * @param raw the whole reply
 */
public record FraudMetrics(
        String window,
        String startedAt,
        String endedAt,
        long flaggedOperators,
        long criticalSignals,
        long openReviews,
        long reviewed,
        long confirmedRisks,
        long falsePositives,
        long reviewPrecisionBps,
        JsonObject raw) {

    static FraudMetrics of(Reply reply) {
        return new FraudMetrics(
                reply.string("window"),
                reply.string("window_started_at"),
                reply.string("window_ended_at"),
                reply.longInteger("flagged_operator_count"),
                reply.longInteger("critical_signal_count"),
                reply.longInteger("review_open_count"),
                reply.longInteger("reviewed_count"),
                reply.longInteger("confirmed_risk_count"),
                reply.longInteger("false_positive_count"),
                reply.longInteger("review_precision_bps"),
                reply.json());
    }

    /** A count by the server's name for it; empty when the reply has none of that name. */
    public Optional<Long> count(String name) {
        return raw.integer(name);
    }
}
