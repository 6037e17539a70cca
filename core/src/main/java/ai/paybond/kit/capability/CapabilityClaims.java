package ai.paybond.kit.capability;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the issuer granted, as written in the token's authority block. Blocks that were added later narrow this
 * further and are not reflected here: they can only be tested against a call.
 *
 * @param tenantId the tenant realm
 * @param intentId the intent, as lower-case UUID text
 * @param payee the payee's DID, when the issuer named one
 * @param operations the granted operations, never empty in a verified token
 * @param maxSpendCents the highest spend of one call, in cents
 * @param currency the limit's currency in lower case, when the issuer named one
 * @param expiresAt the first second at which the token is no longer valid
 * @param jti the token's own identifier, when the issuer gave one; the identity to use for replay and accounting
 * @param blocks how many blocks the token has, the authority block included
 * @param revocationIds one identifier per block as lower-case hex, the authority block's first
 */
public record CapabilityClaims(
        String tenantId,
        String intentId,
        @Nullable String payee,
        Set<String> operations,
        long maxSpendCents,
        @Nullable String currency,
        Instant expiresAt,
        @Nullable String jti,
        int blocks,
        List<String> revocationIds) {

    /** Copies the collections; the operations keep their order in the token. */
    public CapabilityClaims {
        operations = Collections.unmodifiableSet(new LinkedHashSet<>(operations));
        revocationIds = List.copyOf(revocationIds);
    }
}
