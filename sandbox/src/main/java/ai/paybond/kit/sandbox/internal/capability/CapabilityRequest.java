package ai.paybond.kit.sandbox.internal.capability;

import java.util.List;

/** The call that a capability is asked about; {@code intentId} is lower case. */
public record CapabilityRequest(
        String tenantId,
        String intentId,
        String operation,
        long spendCents,
        String currency,
        List<ArgumentFact> arguments) {}
