package ai.paybond.kit.signal;

import ai.paybond.kit.internal.platform.Reply;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operator's reputation at one state of the tenant's ledger.
 *
 * @param operatorDid whose it is
 * @param standing score, and what it rests on
 * @param scoreVersion the version of the score
 * @param scoringModel the model behind it
 * @param explanation a sentence for people
 * @param reasonCodes what moved the score
 * @param metrics the counts that the score was made from
 * @param delta what changed since the receipt before; absent when that is not said
 * @param signature who is said to have signed it; not verified
 * @param updatedAt when it was made, RFC 3339
 * @param raw the whole reply, members unknown to this kit included
 */
public record ReputationReceipt(
        String operatorDid,
        OperatorStanding standing,
        String scoreVersion,
        @Nullable String scoringModel,
        @Nullable String explanation,
        List<String> reasonCodes,
        OperatorMetrics metrics,
        @Nullable ExplanationDelta delta,
        SignalSignature signature,
        @Nullable String updatedAt,
        JsonObject raw) {

    public ReputationReceipt {
        reasonCodes = List.copyOf(reasonCodes);
    }

    static ReputationReceipt of(Reply envelope, String operatorDid) {
        Reply receipt = envelope.in("receipt").of("operator", "operator_did", operatorDid);
        return new ReputationReceipt(
                operatorDid,
                OperatorStanding.of(receipt),
                receipt.string("score_version"),
                receipt.optionalString("scoring_model").orElse(null),
                receipt.optionalString("explanation_summary").orElse(null),
                receipt.strings("reason_codes"),
                OperatorMetrics.of(receipt.in("metrics")),
                receipt.optionalIn("explanation_delta")
                        .map(ExplanationDelta::of)
                        .orElse(null),
                SignalSignature.of(receipt),
                envelope.optionalString("updated_at").orElse(null),
                envelope.json());
    }
}
