package ai.paybond.kit.sandbox;

import ai.paybond.kit.wire.ed25519.VerifyingKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A capability for a test to mint: any tenant, intent and limits, true or not. Immutable; each setter returns a changed
 * copy.
 *
 * @param tenantId the tenant realm
 * @param intentId the intent's UUID text
 * @param payeeDid the payee
 * @param operations the operations that the token allows
 * @param maxSpendCents the budget, in cents
 * @param currency the budget's currency
 * @param expiresAt when the token ends; whole seconds count
 * @param holder the key that has to sign every call; null when whoever has the token may use it
 * @param foreignKey whether a key that nobody knows signs it
 */
public record CapabilitySpec(
        String tenantId,
        String intentId,
        String payeeDid,
        List<String> operations,
        long maxSpendCents,
        String currency,
        Instant expiresAt,
        @Nullable VerifyingKey holder,
        boolean foreignKey) {

    public CapabilitySpec {
        operations = List.copyOf(operations);
    }

    /** Allows {@code operations} for up to 20000 US cents until {@code expiresAt}. */
    public static CapabilitySpec of(String tenantId, String intentId, Instant expiresAt, String... operations) {
        return new CapabilitySpec(
                tenantId,
                intentId,
                "did:web:payee.example",
                List.of(operations),
                20_000,
                "usd",
                expiresAt,
                null,
                false);
    }

    public CapabilitySpec maxSpendCents(long cents) {
        return new CapabilitySpec(
                tenantId, intentId, payeeDid, operations, cents, currency, expiresAt, holder, foreignKey);
    }

    public CapabilitySpec currency(String newCurrency) {
        return new CapabilitySpec(
                tenantId, intentId, payeeDid, operations, maxSpendCents, newCurrency, expiresAt, holder, foreignKey);
    }

    public CapabilitySpec payeeDid(String did) {
        return new CapabilitySpec(
                tenantId, intentId, did, operations, maxSpendCents, currency, expiresAt, holder, foreignKey);
    }

    public CapabilitySpec holder(VerifyingKey key) {
        return new CapabilitySpec(
                tenantId, intentId, payeeDid, operations, maxSpendCents, currency, expiresAt, key, foreignKey);
    }

    /** Signs with a key made for the occasion, under the sandbox's root key id. */
    public CapabilitySpec signedByForeignKey() {
        return new CapabilitySpec(
                tenantId, intentId, payeeDid, operations, maxSpendCents, currency, expiresAt, holder, true);
    }
}
