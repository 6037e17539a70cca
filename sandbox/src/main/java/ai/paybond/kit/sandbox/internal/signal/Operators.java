package ai.paybond.kit.sandbox.internal.signal;

import ai.paybond.kit.sandbox.internal.store.IntentRow;
import ai.paybond.kit.sandbox.internal.store.IntentStore;
import ai.paybond.kit.sandbox.internal.store.Session;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The operators that a tenant has paid, or has held money for. */
final class Operators {
    private final IntentStore intents;

    Operators(IntentStore intents) {
        this.intents = intents;
    }

    List<OperatorRecord> all(Session session, String tenantId) {
        return intents.ofTenant(session, tenantId).stream()
                .collect(Collectors.groupingBy(IntentRow::payeeDid, TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(entry -> OperatorRecord.of(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Empty for somebody the tenant has never dealt with. */
    Optional<OperatorRecord> find(Session session, String tenantId, String did) {
        List<IntentRow> paid = intents.ofParty(session, tenantId, did).stream()
                .filter(intent -> intent.payeeDid().equals(did))
                .toList();
        return paid.isEmpty() ? Optional.empty() : Optional.of(OperatorRecord.of(did, paid));
    }
}
