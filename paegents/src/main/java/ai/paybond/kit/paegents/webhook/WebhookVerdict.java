package ai.paybond.kit.paegents.webhook;

import java.time.Instant;

/** Whether a webhook is genuine. */
public sealed interface WebhookVerdict {
    /** Signed with one of the secrets, at a time close to now. */
    record Genuine(Instant signedAt) implements WebhookVerdict {}

    /** Not to be acted upon. */
    record Refused(Reason reason) implements WebhookVerdict {}

    /** Why a webhook is refused. */
    enum Reason {
        /** No signature header. */
        MISSING("webhook.missing"),
        /** A header without exactly one time and at least one signature. */
        INVALID_HEADER("webhook.invalid_header"),
        /** Signed too long ago, or too far ahead. */
        OUTSIDE_TOLERANCE("webhook.outside_tolerance"),
        /** No signature fits the body under any secret. */
        MISMATCH("webhook.mismatch");

        private final String code;

        Reason(String code) {
            this.code = code;
        }

        /** The stable reason code. */
        public String code() {
            return code;
        }
    }
}
