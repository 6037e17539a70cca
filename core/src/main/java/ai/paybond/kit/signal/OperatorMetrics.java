package ai.paybond.kit.signal;

import ai.paybond.kit.internal.platform.Reply;

/**
 * What an operator's intents came to. Rates are in basis points, hundredths of a percent.
 *
 * @param terminalIntents how many have ended
 * @param released how many were released
 * @param refunded how many were refunded
 * @param disputed how many were disputed
 * @param successRateBps released of terminal
 * @param disputeRateBps disputed of terminal
 * @param refundRateBps refunded of terminal
 * @param meanLatencyNanos from funding to evidence, in nanoseconds, on average
 * @param latencySampleCount how many intents that average is of
 * @param receiptedVolumeCents what the released ones moved, in cents
 */
public record OperatorMetrics(
        long terminalIntents,
        long released,
        long refunded,
        long disputed,
        long successRateBps,
        long disputeRateBps,
        long refundRateBps,
        long meanLatencyNanos,
        long latencySampleCount,
        long receiptedVolumeCents) {

    static OperatorMetrics of(Reply reply) {
        return new OperatorMetrics(
                reply.longInteger("terminal_intents"),
                reply.longInteger("released"),
                reply.longInteger("refunded"),
                reply.longInteger("disputed"),
                reply.longInteger("success_rate_bps"),
                reply.longInteger("dispute_rate_bps"),
                reply.longInteger("refund_rate_bps"),
                reply.longInteger("mean_latency_nanos"),
                reply.longInteger("latency_sample_count"),
                reply.longInteger("receipted_volume_cents"));
    }
}
