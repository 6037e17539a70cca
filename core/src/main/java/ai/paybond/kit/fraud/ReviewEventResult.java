package ai.paybond.kit.fraud;

import ai.paybond.kit.PaybondException;
import ai.paybond.kit.internal.platform.Reply;
import ai.paybond.kit.internal.platform.Request;
import ai.paybond.kit.wire.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What became of a review event.
 *
 * @param operatorDid whom it is about
 * @param accepted whether it was recorded
 * @param recordedEventType as what, in the server's words
 * @param nextEligibleAt when to come again, RFC 3339; absent unless it came too soon
 * @param raw the whole reply
 */
public record ReviewEventResult(
        String operatorDid,
        boolean accepted,
        @Nullable String recordedEventType,
        @Nullable String nextEligibleAt,
        JsonObject raw) {

    static ReviewEventResult of(Reply reply) {
        return new ReviewEventResult(
                reply.string("operator_did"),
                reply.bool("accepted"),
                reply.optionalString("recorded_event_type").orElse(null),
                reply.optionalString("next_eligible_at").orElse(null),
                reply.json());
    }

    /** Other limiters answer 429 too, in their own shapes. */
    static boolean isIn(Request.Exchange answer) {
        try {
            return answer.body().has("accepted");
        } catch (PaybondException e) {
            return false;
        }
    }
}
