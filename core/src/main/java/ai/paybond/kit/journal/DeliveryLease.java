package ai.paybond.kit.journal;

import java.time.Instant;
import java.util.Objects;

/**
 * The wish to deliver what is owed for calls of a tenant, alone for some time.
 *
 * @param tenantId the tenant realm
 * @param owner who wishes it; nobody else in any process has this name
 * @param now the time
 * @param until when others may take over, unless the lease is taken again before
 */
public record DeliveryLease(String tenantId, String owner, Instant now, Instant until) {
    public DeliveryLease {
        Objects.requireNonNull(tenantId, "tenantId");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(now, "now");
        Objects.requireNonNull(until, "until");
    }
}
