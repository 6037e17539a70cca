package ai.paybond.kit.sandbox.internal.store;

import java.util.Locale;

/** The kinds of documents; ids are unique per tenant and kind. */
public enum DocumentKind {
    SPEND_POLICY,
    POLICY_VERSION,
    ORG_POLICY,
    AGENT_RUN,
    TRACE_EVENT,
    AGENT_RECEIPT,
    SETTLEMENT_RECEIPT,
    AUTHORIZATION_RECEIPT,
    DISPUTE,
    REVIEW_EVENT,
    RELEASE_GATE,
    AUDIT_EXPORT,
    DEVICE_LOGIN,
    APPROVAL_VOTES;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
