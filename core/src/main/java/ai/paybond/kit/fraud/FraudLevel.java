package ai.paybond.kit.fraud;

import ai.paybond.kit.internal.platform.Reply;
import org.jspecify.annotations.Nullable;

/**
 * The signals against an operator in sum.
 *
 * @param level {@code none}, {@code elevated}, {@code high} or {@code critical}
 * @param highestSeverity the same words
 * @param reviewPriority {@code normal}, {@code elevated}, {@code high} or {@code urgent}
 * @param signalCount how many signals
 * @param severeSignalCount how many of them are severe
 * @param summary a sentence for people
 */
public record FraudLevel(
        String level,
        String highestSeverity,
        String reviewPriority,
        long signalCount,
        long severeSignalCount,
        @Nullable String summary) {

    static FraudLevel of(Reply reply) {
        return new FraudLevel(
                reply.string("level"),
                reply.string("highest_severity"),
                reply.string("review_priority"),
                reply.longInteger("signal_count"),
                reply.longInteger("severe_signal_count"),
                reply.optionalString("summary").orElse(null));
    }
}
