package ai.paybond.kit.fraud;

import ai.paybond.kit.internal.platform.Reply;
import ai.paybond.kit.wire.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * One thing that speaks against an operator. It never changes the score.
 *
 * @param code such as {@code REPEATED_FAILED_PREDICATES}
 * @param severity {@code elevated}, {@code high} or {@code critical}
 * @param category such as {@code manipulation}
 * @param window the window of time it was seen in
 * @param evidenceCount how often it was seen
 * @param summary a sentence for people
 * @param raw the whole signal, with references to intents and provider events
 */
public record FraudSignal(
        String code,
        String severity,
        @Nullable String category,
        @Nullable String window,
        long evidenceCount,
        @Nullable String summary,
        JsonObject raw) {

    static FraudSignal of(Reply reply) {
        return new FraudSignal(
                reply.string("code"),
                reply.string("severity"),
                reply.optionalString("category").orElse(null),
                reply.optionalString("window").orElse(null),
                reply.longInteger("evidence_count"),
                reply.optionalString("summary").orElse(null),
                reply.json());
    }
}
