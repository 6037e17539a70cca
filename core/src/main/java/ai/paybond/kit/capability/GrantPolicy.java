package ai.paybond.kit.capability;

import java.time.Instant;

/**
 * Holds a call against what the issuer granted. The token's own checks say the same, but a verifier that relied on them
 * would accept any token whose issuer left one out.
 */
final class GrantPolicy {

    private GrantPolicy() {}

    static void require(CapabilityClaims claims, CapabilityRequest request, Instant now) throws Refusal {
        requireOwner(claims, request, now);
        if (!claims.operations().contains(request.operation())) {
            throw new Refusal(DenyCodes.OPERATION_NOT_ALLOWED, "the capability does not cover this operation");
        }
        requireSpend(claims, request);
    }

    /** What holds for every call with the token: whose it is, and that it is still valid. */
    static void requireOwner(CapabilityClaims claims, CapabilityRequest request, Instant now) throws Refusal {
        if (!isExpected(request.tenantId(), claims.tenantId())) {
            throw new Refusal(DenyCodes.CAPABILITY_TENANT_MISMATCH, "the capability belongs to another tenant");
        }
        if (!isExpected(request.intentId(), claims.intentId())) {
            throw new Refusal(DenyCodes.CAPABILITY_INTENT_MISMATCH, "the capability belongs to another intent");
        }
        if (!now.isBefore(claims.expiresAt())) {
            throw new Refusal(DenyCodes.CAPABILITY_EXPIRED, "the capability is no longer valid");
        }
    }

    private static void requireSpend(CapabilityClaims claims, CapabilityRequest request) throws Refusal {
        if (request.spendCents() < 0) {
            throw new Refusal(DenyCodes.SPEND_INVALID, "a spend is not negative");
        }
        if (!isCurrencyCovered(claims, request)) {
            throw new Refusal(DenyCodes.CAPABILITY_CURRENCY_MISMATCH, "the capability is in another currency");
        }
        if (request.spendCents() > claims.maxSpendCents()) {
            throw new Refusal(DenyCodes.BUDGET_EXCEEDED, "the spend is above the capability's maximum");
        }
    }

    private static boolean isExpected(String expected, String granted) {
        return !expected.isEmpty() && expected.equals(granted);
    }

    private static boolean isCurrencyCovered(CapabilityClaims claims, CapabilityRequest request) {
        if (claims.currency() == null) {
            return true;
        }
        return request.currency() == null
                ? request.spendCents() == 0
                : request.currency().equals(claims.currency());
    }
}
