package ai.paybond.kit.sandbox.internal.store;

import java.util.UUID;

/** A tenant and the seeds that the sandbox holds for it, as hex. */
public record TenantRow(String tenantId, UUID tenantUuid, String ledgerSeed, String principalSeed, String payeeSeed) {
    @Override
    public String toString() {
        return "TenantRow[" + tenantId + "]";
    }
}
