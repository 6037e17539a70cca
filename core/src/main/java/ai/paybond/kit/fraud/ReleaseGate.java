package ai.paybond.kit.fraud;

import ai.paybond.kit.internal.platform.Reply;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether releases are held.
 *
 * @param mode {@code review_only}, {@code critical_hold} or another word of the server's
 * @param reliable whether the server relies on its figures
 * @param stale whether its figures are old; no when it does not say
 * @param sparse whether its figures are few; no when it does not say
 * @param reasons why the figures are not relied on
 * @param summary a sentence for people
 * @param generatedAt when this was said, RFC 3339
 * @param raw the whole reply, the figures by family of signals included
 */
public record ReleaseGate(
        String mode,
        boolean reliable,
        boolean stale,
        boolean sparse,
        List<String> reasons,
        @Nullable String summary,
        @Nullable String generatedAt,
        JsonObject raw) {

    public ReleaseGate {
        reasons = List.copyOf(reasons);
    }

    /** What may be asked for. */
    public enum Mode {
        /** Nothing is held. */
        REVIEW_ONLY,
        /** Releases of operators with critical signals are held. */
        CRITICAL_HOLD;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static ReleaseGate of(Reply reply) {
        Reply reliability = reply.in("metrics_reliability");
        return new ReleaseGate(
                reply.in("config").string("mode"),
                reliability.bool("reliable"),
                reliability.optionalBool("stale").orElse(false),
                reliability.optionalBool("sparse").orElse(false),
                reliability.strings("reasons"),
                reliability.optionalString("summary").orElse(null),
                reply.optionalString("generated_at").orElse(null),
                reply.json());
    }
}
