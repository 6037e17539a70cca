package ai.paybond.kit.signal;

import ai.paybond.kit.internal.platform.Reply;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * An operator's score and how much stands behind it.
 *
 * @param score the score; its range is not published
 * @param ledgerSequence the ledger row up to which it counts
 * @param confidence how sure the score is; absent when that is not said
 * @param supportDepth how much history it rests on; absent when that is not said
 * @param reviewState an open or closed review, in the server's words; absent when that is not said
 */
public record OperatorStanding(
        BigDecimal score,
        long ledgerSequence,
        @Nullable Confidence confidence,
        @Nullable SupportDepth supportDepth,
        @Nullable String reviewState) {

    static OperatorStanding of(Reply reply) {
        return new OperatorStanding(
                reply.decimal("score"),
                reply.longInteger("ledger_watermark_seq"),
                reply.optionalIn("confidence").map(Confidence::of).orElse(null),
                reply.optionalIn("support_depth").map(SupportDepth::of).orElse(null),
                reply.optionalString("review_state").orElse(null));
    }

    /**
     * How sure a score is.
     *
     * @param band in the server's words
     * @param supportScore a figure behind the band; absent when that is not said
     * @param summary a sentence for people
     */
    public record Confidence(
            String band,
            @Nullable BigDecimal supportScore,
            @Nullable String summary) {
        static Confidence of(Reply reply) {
            return new Confidence(
                    reply.string("band"),
                    reply.optionalDecimal("support_score").orElse(null),
                    reply.optionalString("summary").orElse(null));
        }
    }

    /**
     * How much history a score rests on.
     *
     * @param band in the server's words
     * @param terminalIntents how many intents have ended
     * @param receiptedVolumeCents what they moved, in cents
     */
    public record SupportDepth(
            String band,
            @Nullable Long terminalIntents,
            @Nullable Long receiptedVolumeCents) {
        static SupportDepth of(Reply reply) {
            return new SupportDepth(
                    reply.string("band"),
                    reply.optionalLong("terminal_intents").orElse(null),
                    reply.optionalLong("receipted_volume_cents").orElse(null));
        }
    }
}
