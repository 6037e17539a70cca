package ai.paybond.kit.sandbox.internal.spend;

import ai.paybond.kit.sandbox.internal.capability.ArgumentFact;
import ai.paybond.kit.sandbox.internal.capability.CapabilityRefusedException;
import ai.paybond.kit.sandbox.internal.capability.CapabilityRequest;
import ai.paybond.kit.sandbox.internal.capability.CapabilityVerifier;
import ai.paybond.kit.sandbox.internal.capability.Grant;
import ai.paybond.kit.sandbox.internal.capability.HolderProof;
import ai.paybond.kit.sandbox.internal.capability.OpenCapability;
import ai.paybond.kit.sandbox.internal.http.ApiException;
import ai.paybond.kit.sandbox.internal.http.Caller;
import ai.paybond.kit.sandbox.internal.intent.IntentRules;
import ai.paybond.kit.sandbox.internal.store.IntentRow;
import ai.paybond.kit.sandbox.internal.store.IntentStore;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.sandbox.internal.store.SpendStore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Decides whether a capability covers a call, in the order of the platform contract: is it a capability of ours, is it for
 * this tenant and intent, is the intent funded and in time, is the operation on its list, is there budget, and last what
 * the spend policy says. The first no is the answer.
 */
final class SpendAuthority {
    private static final UUID NOT_ASKED = new UUID(0, 0);

    private final CapabilityVerifier capabilities;
    private final IntentStore intents;
    private final SpendStore spend;
    private final SpendPolicies policies;
    private final Approvals approvals;
    private final HolderGate holders;
    private final Clock clock;

    SpendAuthority(
            CapabilityVerifier capabilities,
            HolderGate holders,
            IntentStore intents,
            SpendStore spend,
            SpendPolicies policies,
            Approvals approvals,
            Clock clock) {
        this.capabilities = capabilities;
        this.intents = intents;
        this.spend = spend;
        this.policies = policies;
        this.approvals = approvals;
        this.holders = holders;
        this.clock = clock;
    }

    /** @throws ApiException 404 when the tenant has no such intent */
    SpendAnswer decide(SpendRequest request, Caller caller, Session session) {
        try {
            return authorize(request, caller, session);
        } catch (CapabilityRefusedException e) {
            return new SpendAnswer.Denied(e.code(), e.reason());
        }
    }

    private SpendAnswer authorize(SpendRequest request, Caller caller, Session session)
            throws CapabilityRefusedException {
        OpenCapability capability = capabilities.open(request.token());
        requireBinding(capability.grant(), request, caller, session);
        IntentRow intent = intents.find(session, caller.tenantId(), request.storedIntentId())
                .orElseThrow(ApiException::notFound);
        requireSpendable(intent);
        requireUnexpired(capability.grant().expiresAt());
        requireOperation(capability.grant(), intent, request);
        long remaining = remaining(capability.grant().maxSpendCents(), intent, session) - request.spendCents();
        requireBudget(request, remaining);
        requireCurrency(intent, request);
        Optional<HolderProof> proof = holders.check(capability, request, caller.tenantId());
        holders.requireFresh(proof, caller.tenantId(), session);
        capability.check(new CapabilityRequest(
                caller.tenantId(),
                request.storedIntentId(),
                request.operation(),
                request.spendCents(),
                request.currency().orElse(intent.currency()),
                ArgumentFact.of(request.arguments())));
        SpendAnswer answer = review(request, intent, remaining, session);
        if (answer instanceof SpendAnswer.Allowed) {
            holders.use(proof, intent, session);
        }
        return answer;
    }

    /** Whether the holder, if the capability has one, made this very request; a token that cannot be read has none. */
    boolean isProved(SpendRequest request, Caller caller) {
        OpenCapability capability;
        try {
            capability = capabilities.open(request.token());
        } catch (CapabilityRefusedException e) {
            return true;
        }
        try {
            holders.check(capability, request, caller.tenantId());
            return true;
        } catch (CapabilityRefusedException e) {
            return false;
        }
    }

    private SpendAnswer review(SpendRequest request, IntentRow intent, long remaining, Session session) {
        SpendPolicies.Review review = policies.review(request, intent, session);
        if (review.denied().isPresent()) {
            return review.denied().get();
        }
        if (review.reasons().isEmpty() || !review.policy().enforces()) {
            return new SpendAnswer.Allowed(remaining, review.reasons());
        }
        return approvals
                .hold(request, intent, review.reasons(), session)
                .orElseGet(() -> new SpendAnswer.Allowed(remaining, List.of()));
    }

    /** What a call like this would be told, without a capability and without leaving a trace. */
    SpendAnswer preview(SpendRequest request, IntentRow intent, Session session) {
        try {
            requireSpendable(intent);
            if (!request.isForAnyOperation()) {
                requireListed(IntentRules.allowedTools(intent).contains(request.operation()));
            }
            long remaining = remaining(intent.amountCents(), intent, session);
            requireBudget(request, remaining - request.spendCents());
            requireCurrency(intent, request);
            return preview(request, intent, remaining, session);
        } catch (CapabilityRefusedException e) {
            return new SpendAnswer.Denied(e.code(), e.reason());
        }
    }

    private SpendAnswer preview(SpendRequest request, IntentRow intent, long remaining, Session session) {
        SpendPolicies.Review review = policies.review(request, intent, session);
        if (review.denied().isPresent()) {
            return review.denied().get();
        }
        return review.reasons().isEmpty() || !review.policy().enforces()
                ? new SpendAnswer.Allowed(remaining, review.reasons())
                : new SpendAnswer.Held(NOT_ASKED, review.reasons());
    }

    long remaining(IntentRow intent, Session session) {
        return remaining(intent.amountCents(), intent, session);
    }

    private long remaining(long maxSpendCents, IntentRow intent, Session session) {
        long budget = Math.min(maxSpendCents, intent.amountCents());
        return budget - spend.heldCents(session, intent.tenantId(), intent.intentId(), clock.instant());
    }

    private void requireBinding(Grant grant, SpendRequest request, Caller caller, Session session)
            throws CapabilityRefusedException {
        if (!grant.tenantId().equals(caller.tenantId())) {
            throw new CapabilityRefusedException(
                    "capability.tenant_mismatch", "The capability belongs to another tenant.");
        }
        if (!grant.intentId().equals(request.storedIntentId())) {
            throw new CapabilityRefusedException("capability.intent_mismatch", "The capability is for another intent.");
        }
        if (spend.isRevoked(session, grant.jti())) {
            throw new CapabilityRefusedException("capability.revoked", "The capability was revoked.");
        }
    }

    private void requireSpendable(IntentRow intent) throws CapabilityRefusedException {
        if (!IntentRules.isFunded(intent)) {
            throw new CapabilityRefusedException("intent.not_funded", "The intent is " + intent.state() + ".");
        }
        requireUnexpired(IntentRules.deadline(intent));
    }

    private void requireUnexpired(Instant end) throws CapabilityRefusedException {
        if (!clock.instant().isBefore(end)) {
            throw new CapabilityRefusedException("capability.expired", "The capability or its intent has expired.");
        }
    }

    private static void requireOperation(Grant grant, IntentRow intent, SpendRequest request)
            throws CapabilityRefusedException {
        requireListed(grant.operations().contains(request.operation())
                && IntentRules.allowedTools(intent).contains(request.operation()));
    }

    private static void requireListed(boolean listed) throws CapabilityRefusedException {
        if (!listed) {
            throw new CapabilityRefusedException(
                    "operation_not_allowed", "The operation is not on this intent's list.");
        }
    }

    private static void requireBudget(SpendRequest request, long remainingAfter) throws CapabilityRefusedException {
        if (request.spendCents() < 0) {
            throw new CapabilityRefusedException("spend.invalid", "A spend must not be negative.");
        }
        if (remainingAfter < 0) {
            throw new CapabilityRefusedException("budget_exceeded", "The spend is more than what is left.");
        }
    }

    private static void requireCurrency(IntentRow intent, SpendRequest request) throws CapabilityRefusedException {
        if (request.currency()
                .filter(c -> !c.equalsIgnoreCase(intent.currency()))
                .isPresent()) {
            throw new CapabilityRefusedException("policy_mismatch", "The intent is in another currency.");
        }
    }
}
