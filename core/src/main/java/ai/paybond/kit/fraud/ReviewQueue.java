package ai.paybond.kit.fraud;

import ai.paybond.kit.internal.platform.Reply;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;

/**
 * Operators to look at, in the server's order.
 *
 * @param items one for each operator; the times of a review are in {@link FraudAssessment#raw()}
 * @param raw the whole reply
 */
public record ReviewQueue(List<FraudAssessment> items, JsonObject raw) {

    public ReviewQueue {
        items = List.copyOf(items);
    }

    static ReviewQueue of(Reply reply) {
        List<FraudAssessment> items = reply.objects("items").stream()
                .map(reply::inner)
                .map(FraudAssessment::of)
                .toList();
        return new ReviewQueue(items, reply.json());
    }
}
