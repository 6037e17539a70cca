package ai.paybond.kit.signal;

import ai.paybond.kit.internal.platform.Reply;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why an operator's score is what it is. Paybond documents no member but tenant and operator; the rest is read when it is
 * there.
 *
 * @param operatorDid whose score
 * @param reasonCodes what moved it; may be empty
 * @param summary a sentence for people; absent when there is none
 * @param raw the whole reply
 */
public record OperatorExplanation(
        String operatorDid,
        List<String> reasonCodes,
        @Nullable String summary,
        JsonObject raw) {

    public OperatorExplanation {
        reasonCodes = List.copyOf(reasonCodes);
    }

    static OperatorExplanation of(Reply reply, String operatorDid) {
        reply.of("operator", "operator_did", operatorDid);
        return new OperatorExplanation(
                operatorDid,
                reply.strings("reason_codes"),
                reply.optionalString("summary").orElse(null),
                reply.json());
    }
}
