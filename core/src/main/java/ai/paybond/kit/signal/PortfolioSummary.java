package ai.paybond.kit.signal;

import ai.paybond.kit.internal.platform.Reply;
import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The operators of a tenant in sum.
 *
 * @param scoreModelVersion the version of the scores
 * @param scoringModel the model behind them
 * @param ledgerSequence the ledger row up to which it counts
 * @param operatorCount how many operators
 * @param averageScore their average score
 * @param totalTerminalIntents how many of their intents have ended
 * @param totalReceiptedVolumeCents what those moved, in cents
 * @param operatorsUnderReview how many are reviewed now
 * @param raw the whole reply
 */
public record PortfolioSummary(
        String scoreModelVersion,
        @Nullable String scoringModel,
        long ledgerSequence,
        long operatorCount,
        BigDecimal averageScore,
        long totalTerminalIntents,
        long totalReceiptedVolumeCents,
        long operatorsUnderReview,
        JsonObject raw) {

    static PortfolioSummary of(Reply reply) {
        return new PortfolioSummary(
                reply.string("score_model_version"),
                reply.optionalString("scoring_model").orElse(null),
                reply.longInteger("checkpoint_last_ledger_seq"),
                reply.longInteger("operator_count"),
                reply.decimal("average_score"),
                reply.longInteger("total_terminal_intents"),
                reply.longInteger("total_receipted_volume_cents"),
                reply.longInteger("operators_under_review"),
                reply.json());
    }
}
