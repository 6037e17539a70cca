package ai.paybond.kit.signal;

import ai.paybond.kit.internal.platform.Reply;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the review of an operator stands.
 *
 * @param operatorDid who is reviewed
 * @param state {@code none}, {@code open}, {@code in_review}, {@code closed} or another word of the server's
 * @param outcome how it ended; absent until then
 * @param reasons why there is one
 * @param raw the whole reply
 */
public record ReviewStatus(
        String operatorDid, String state, @Nullable String outcome, List<String> reasons, JsonObject raw) {

    public ReviewStatus {
        reasons = List.copyOf(reasons);
    }

    static ReviewStatus of(Reply reply, String operatorDid) {
        reply.of("operator", "operator_did", operatorDid);
        return new ReviewStatus(
                operatorDid,
                reply.string("review_state"),
                reply.optionalString("review_outcome").orElse(null),
                reply.strings("review_reasons"),
                reply.json());
    }
}
