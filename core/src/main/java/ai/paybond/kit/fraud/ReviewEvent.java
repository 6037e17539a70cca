package ai.paybond.kit.fraud;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something to be said about an operator. Immutable; each method returns a changed copy.
 *
 * @param type what is said
 * @param outcome how a review ended; with {@link Type#REVIEW_OUTCOME_RECORDED} and nothing else
 * @param summary a sentence for people
 * @param signalCode the signal it is about; none by default
 * @param intentId the intent it is about; none by default
 * @param providerEventId the payment provider's event it is about; none by default
 */
public record ReviewEvent(
        Type type,
        @Nullable Outcome outcome,
        String summary,
        @Nullable String signalCode,
        @Nullable String intentId,
        @Nullable String providerEventId) {

    /** What can be said. */
    public enum Type {
        /** Somebody should look. */
        REVIEW_OPEN_REQUESTED,
        /** The operator disagrees. */
        APPEAL_REQUESTED,
        /** Somebody should look again. */
        REPLAY_REQUESTED,
        /** Somebody has looked. */
        REVIEW_OUTCOME_RECORDED
    }

    /** How a review can end. */
    public enum Outcome {
        /** It was fraud. */
        CONFIRMED_RISK,
        /** It was not. */
        FALSE_POSITIVE,
        /** It cannot be told yet. */
        NEEDS_MORE_EVIDENCE
    }

    /** @throws ConfigurationException {@code review_event.summary} for a blank summary, {@code review_event.outcome} for an
     *     outcome that is missing or out of place */
    public ReviewEvent {
        Objects.requireNonNull(type, "type");
        if (summary.isBlank()) {
            throw new ConfigurationException("review_event.summary", "a review event needs a summary");
        }
        if ((type == Type.REVIEW_OUTCOME_RECORDED) != (outcome != null)) {
            throw new ConfigurationException(
                    "review_event.outcome", "an outcome belongs to a recorded outcome, and to nothing else");
        }
        summary = summary.strip();
    }

    /** Somebody should look at the operator. */
    public static ReviewEvent openRequested(String summary) {
        return new ReviewEvent(Type.REVIEW_OPEN_REQUESTED, null, summary, null, null, null);
    }

    /** The operator disagrees with a review. */
    public static ReviewEvent appeal(String summary) {
        return new ReviewEvent(Type.APPEAL_REQUESTED, null, summary, null, null, null);
    }

    /** Somebody should look at the operator again. */
    public static ReviewEvent replay(String summary) {
        return new ReviewEvent(Type.REPLAY_REQUESTED, null, summary, null, null, null);
    }

    /** A review has ended. */
    public static ReviewEvent outcome(Outcome outcome, String summary) {
        return new ReviewEvent(Type.REVIEW_OUTCOME_RECORDED, outcome, summary, null, null, null);
    }

    /** About this signal. */
    public ReviewEvent aboutSignal(String code) {
        return new ReviewEvent(type, outcome, summary, code, intentId, providerEventId);
    }

    /** About this intent. */
    public ReviewEvent aboutIntent(String id) {
        return new ReviewEvent(type, outcome, summary, signalCode, id, providerEventId);
    }

    /** About this event of the payment provider. */
    public ReviewEvent aboutProviderEvent(String id) {
        return new ReviewEvent(type, outcome, summary, signalCode, intentId, id);
    }

    JsonObject body() {
        return JsonObject.builder()
                .put("event_type", text(type))
                .putIfPresent("review_outcome", outcome == null ? null : text(outcome))
                .putIfPresent("signal_code", signalCode)
                .putIfPresent("intent_id", intentId)
                .putIfPresent("provider_event_id", providerEventId)
                .put("summary", summary)
                .build();
    }

    private static String text(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
