package ai.paybond.kit.fraud;

import ai.paybond.kit.internal.platform.Reply;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the release gate says of one operator.
 *
 * @param mode {@code review_only} or {@code critical_hold}
 * @param releaseAllowed whether intents may be released
 * @param holdRequired whether they have to be held
 * @param enforcementEnabled whether the gate is enforced at all
 * @param metricsReliable whether the figures behind it are relied on
 * @param reasons why
 * @param summary a sentence for people
 */
public record GateDecision(
        String mode,
        boolean releaseAllowed,
        boolean holdRequired,
        boolean enforcementEnabled,
        boolean metricsReliable,
        List<String> reasons,
        @Nullable String summary) {

    public GateDecision {
        reasons = List.copyOf(reasons);
    }

    static GateDecision of(Reply reply) {
        return new GateDecision(
                reply.string("mode"),
                reply.bool("release_allowed"),
                reply.bool("hold_required"),
                reply.bool("enforcement_enabled"),
                reply.bool("metrics_reliable"),
                reply.strings("reasons"),
                reply.optionalString("summary").orElse(null));
    }
}
