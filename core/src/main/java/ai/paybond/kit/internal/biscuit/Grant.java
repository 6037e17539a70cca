package ai.paybond.kit.internal.biscuit;

import ai.paybond.kit.wire.ed25519.VerifyingKey;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The facts of the capability profile, as the issuer wrote them into the authority block.
 *
 * @param expiresAt in seconds since 1970, between then and the year 9999
 * @param holder the key without whose signature no call may be made; null when whoever has the token may make calls
 */
public record Grant(
        String tenantId,
        String intentId,
        @Nullable String payee,
        Set<String> operations,
        long maxSpendCents,
        @Nullable String currency,
        long expiresAt,
        @Nullable String jti,
        @Nullable VerifyingKey holder) {}
