package ai.paybond.kit.harbor;

import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.wire.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * An intent that Harbor accepted.
 *
 * @param intentId the intent's UUID
 * @param state the intent's state, in the server's words
 * @param funded whether money stands behind it; absent on servers that do not say
 * @param capabilityToken the payee's capability; absent until the intent is funded
 * @param settlementRail the rail that will pay
 * @param currency lower-case currency code
 * @param amountCents the intent's amount, in cents
 * @param deadline the intent's deadline, RFC 3339
 * @param raw the reply without the token, members unknown to this kit included
 */
public record CreatedIntent(
        String intentId,
        String state,
        @Nullable Boolean funded,
        @Nullable CapabilityToken capabilityToken,
        @Nullable String settlementRail,
        @Nullable String currency,
        @Nullable Long amountCents,
        @Nullable String deadline,
        JsonObject raw) {}
