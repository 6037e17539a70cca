package ai.paybond.kit.harbor;

import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.wire.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A funded intent in the sandbox, ready for one guarded run.
 *
 * @param intentId the intent's UUID
 * @param capabilityToken the capability for {@code operation}
 * @param operation the one operation covered
 * @param requestedSpendCents the budget, in cents
 * @param lifecycleStatus the sandbox's word for the state, such as {@code funded}
 * @param currency lower-case currency code
 * @param settlementRail the simulated rail
 * @param raw the reply without the token, members unknown to this kit included
 */
public record SandboxRun(
        String intentId,
        CapabilityToken capabilityToken,
        String operation,
        long requestedSpendCents,
        String lifecycleStatus,
        @Nullable String currency,
        @Nullable String settlementRail,
        JsonObject raw) {}
