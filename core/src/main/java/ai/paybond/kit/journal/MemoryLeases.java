package ai.paybond.kit.journal;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who delivers which intent, and who is alive, as far as one process knows. Not thread-safe. */
final class MemoryLeases {
    private record Intent(String tenantId, String intentId) {}

    private record Holder(String owner, Instant until) {}

    private final Map<Intent, Holder> holders = new HashMap<>();
    private final Map<String, Instant> aliveUntil = new HashMap<>();

    boolean isFree(DeliveryLease lease, String intentId) {
        @Nullable Holder holder = holders.get(new Intent(lease.tenantId(), intentId));
        return holder == null || holder.owner.equals(lease.owner()) || !holder.until.isAfter(lease.now());
    }

    boolean take(DeliveryLease lease, String intentId) {
        if (!isFree(lease, intentId)) {
            return false;
        }
        holders.put(new Intent(lease.tenantId(), intentId), new Holder(lease.owner(), lease.until()));
        return true;
    }

    void release(DeliveryLease lease, String intentId) {
        Intent intent = new Intent(lease.tenantId(), intentId);
        holders.computeIfPresent(intent, (key, holder) -> holder.owner.equals(lease.owner()) ? null : holder);
    }

    void keepAlive(String runner, Instant until) {
        aliveUntil.put(runner, until);
    }

    void resign(String runner) {
        aliveUntil.remove(runner);
    }

    boolean isDead(@Nullable String runner, Instant now) {
        if (runner == null) {
            return false;
        }
        @Nullable Instant until = aliveUntil.get(runner);
        return until == null || !until.isAfter(now);
    }
}
