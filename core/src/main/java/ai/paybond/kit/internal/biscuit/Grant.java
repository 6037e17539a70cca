package ai.paybond.kit.internal.biscuit;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The facts of the capability profile, as the issuer wrote them into the authority block.
 *
 * @param expiresAt in seconds since 1970, between then and the year 9999
 */
public record Grant(
        String tenantId,
        String intentId,
        @Nullable String payee,
        Set<String> operations,
        long maxSpendCents,
        @Nullable String currency,
        long expiresAt,
        @Nullable String jti) {}
