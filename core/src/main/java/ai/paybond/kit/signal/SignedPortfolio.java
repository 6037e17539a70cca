package ai.paybond.kit.signal;

import ai.paybond.kit.internal.platform.Reply;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A signed snapshot of a tenant's operators.
 *
 * @param kind {@code paybond.signal.portfolio_snapshot}
 * @param scoreModelVersion the version of the scores
 * @param scoringModel the model behind them
 * @param ledgerSequence the ledger row up to which it counts
 * @param operators the operators
 * @param signature who is said to have signed it; not verified
 * @param raw the artifact as it came, to be kept or handed on
 */
public record SignedPortfolio(
        String kind,
        String scoreModelVersion,
        @Nullable String scoringModel,
        long ledgerSequence,
        List<Operator> operators,
        SignalSignature signature,
        JsonObject raw) {

    public SignedPortfolio {
        operators = List.copyOf(operators);
    }

    static SignedPortfolio of(Reply reply) {
        return new SignedPortfolio(
                reply.string("kind"),
                reply.string("score_model_version"),
                reply.optionalString("scoring_model").orElse(null),
                reply.longInteger("checkpoint_last_ledger_seq"),
                reply.each("operators").stream().map(Operator::of).toList(),
                SignalSignature.of(reply),
                reply.json());
    }

    /**
     * One operator of the snapshot.
     *
     * @param operatorDid who
     * @param standing score, and what it rests on
     * @param receiptMessageDigestHex the digest of the {@link ReputationReceipt} that it was taken from
     */
    public record Operator(
            String operatorDid,
            OperatorStanding standing,
            @Nullable String receiptMessageDigestHex) {
        static Operator of(Reply reply) {
            return new Operator(
                    reply.string("operator_did"),
                    OperatorStanding.of(reply),
                    reply.optionalString("receipt_message_digest_hex").orElse(null));
        }
    }
}
