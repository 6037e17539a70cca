package ai.paybond.kit.sandbox.internal.spend;

import ai.paybond.kit.sandbox.internal.store.DocumentKind;
import ai.paybond.kit.sandbox.internal.store.DocumentStore;
import ai.paybond.kit.sandbox.internal.store.IntentRow;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.sandbox.internal.store.SpendStore;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tenants' spend policies, and what they say about a call. */
public final class SpendPolicies {
    private static final String CURRENT = "current";
    private static final Duration DAY = Duration.ofDays(1);
    private static final int USUAL = 3;

    private final DocumentStore documents;
    private final SpendStore spend;
    private final Clock clock;
    private final SpendPolicy byDefault;

    public SpendPolicies(DocumentStore documents, SpendStore spend, Clock clock, long approvalThresholdCents) {
        this.documents = documents;
        this.spend = spend;
        this.clock = clock;
        this.byDefault = SpendPolicy.byDefault(approvalThresholdCents);
    }

    /** What a policy makes of a call: a refusal, or the reasons for which a person should look at it. */
    record Review(SpendPolicy policy, Optional<SpendAnswer.Denied> denied, List<String> reasons) {}

    boolean isConfigured(Session session, String tenantId) {
        return stored(session, tenantId).isPresent();
    }

    SpendPolicy of(Session session, String tenantId) {
        return stored(session, tenantId)
                .map(body -> SpendPolicy.of(body, body.integer("policy_version").orElse(1L)))
                .orElse(byDefault);
    }

    private Optional<JsonObject> stored(Session session, String tenantId) {
        return documents.find(session, tenantId, DocumentKind.SPEND_POLICY, CURRENT);
    }

    SpendPolicy replace(Session session, String tenantId, JsonObject body) {
        SpendPolicy policy = SpendPolicy.of(body, of(session, tenantId).version() + 1);
        documents.put(session, tenantId, DocumentKind.SPEND_POLICY, CURRENT, policy.toJson(), clock.instant());
        return policy;
    }

    Review review(SpendRequest request, IntentRow intent, Session session) {
        SpendPolicy policy = of(session, intent.tenantId());
        long today = policy.capsDays()
                ? spend.heldSince(session, intent.tenantId(), clock.instant().minus(DAY), clock.instant())
                : 0;
        return new Review(
                policy,
                policy.enforces() ? refusal(policy, request, today) : Optional.empty(),
                reasons(policy, request, intent.tenantId(), today, session));
    }

    private static Optional<SpendAnswer.Denied> refusal(SpendPolicy policy, SpendRequest request, long today) {
        if (request.spendCents() > policy.maxSpendCents()) {
            return Optional.of(
                    new SpendAnswer.Denied("max_spend_exceeded", "The tenant allows no single spend that large."));
        }
        if (request.spendCents() > policy.dailyCapCents() - today) {
            return Optional.of(
                    new SpendAnswer.Denied("daily_cap_exceeded", "The tenant's cap for one day would be exceeded."));
        }
        return Optional.empty();
    }

    private List<String> reasons(
            SpendPolicy policy, SpendRequest request, String tenantId, long today, Session session) {
        List<String> reasons = new ArrayList<>();
        if (request.spendCents() > policy.approvalThresholdCents()) {
            reasons.add("approval_threshold_exceeded");
        }
        if (policy.holdNewVendors() && isNew(request, tenantId, session)) {
            reasons.add("anomaly_new_vendor");
        }
        if (policy.amountSpikeFactor() > 0 && isSpike(policy, request, tenantId, session)) {
            reasons.add("anomaly_amount_spike");
        }
        Instant since = clock.instant().minus(policy.rapidAuthWindow());
        if (policy.rapidAuthCount() > 0 && spend.allowedSince(session, tenantId, since) >= policy.rapidAuthCount()) {
            reasons.add("anomaly_rapid_auth");
        }
        if (policy.capProximityPercent() > 0 && isNearCap(policy, today + request.spendCents())) {
            reasons.add("anomaly_cap_proximity");
        }
        return reasons;
    }

    private boolean isNew(SpendRequest request, String tenantId, Session session) {
        return request.vendorId()
                .filter(vendor -> !spend.knowsVendor(session, tenantId, vendor))
                .isPresent();
    }

    /** Nothing is unusual before a few spends have shown what is usual. */
    private boolean isSpike(SpendPolicy policy, SpendRequest request, String tenantId, Session session) {
        SpendStore.Usual usual = spend.usual(session, tenantId);
        return usual.count() >= USUAL
                && request.spendCents() > policy.amountSpikeFactor() * Math.max(1, usual.averageCents());
    }

    private static boolean isNearCap(SpendPolicy policy, long spent) {
        return policy.capsDays() && spent * 100.0 >= (double) policy.dailyCapCents() * policy.capProximityPercent();
    }
}
