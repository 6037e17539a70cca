package ai.paybond.kit.fraud;

import ai.paybond.kit.internal.platform.Reply;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything known against an operator.
 *
 * @param operatorDid who
 * @param reviewState {@code none}, {@code open}, {@code in_review} or {@code closed}
 * @param reviewOutcome how the review ended; absent until then
 * @param reviewReasons why there is one
 * @param signals what speaks against the operator
 * @param assessment the signals in sum
 * @param releaseGate whether the operator's intents may be released; absent when the server does not say
 * @param raw the whole assessment
 */
public record FraudAssessment(
        String operatorDid,
        String reviewState,
        @Nullable String reviewOutcome,
        List<String> reviewReasons,
        List<FraudSignal> signals,
        FraudLevel assessment,
        @Nullable GateDecision releaseGate,
        JsonObject raw) {

    public FraudAssessment {
        reviewReasons = List.copyOf(reviewReasons);
        signals = List.copyOf(signals);
    }

    static FraudAssessment of(Reply reply) {
        return new FraudAssessment(
                reply.string("operator_did"),
                reply.string("review_state"),
                reply.optionalString("review_outcome")
                        .filter(text -> !text.isEmpty())
                        .orElse(null),
                reply.strings("review_reasons"),
                reply.each("fraud_signals").stream().map(FraudSignal::of).toList(),
                FraudLevel.of(reply.in("fraud_assessment")),
                reply.optionalIn("release_gate").map(GateDecision::of).orElse(null),
                reply.json());
    }
}
