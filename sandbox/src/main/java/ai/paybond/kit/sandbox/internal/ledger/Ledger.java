package ai.paybond.kit.sandbox.internal.ledger;

import ai.paybond.kit.sandbox.internal.store.LedgerStore;
import ai.paybond.kit.sandbox.internal.store.LedgerStore.LedgerRow;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.sandbox.internal.store.TenantStore;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Appends to a tenant's ledger, reads it, and proves it whole. Appends of one tenant must not run at the same time. */
public final class Ledger {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final LedgerStore store;
    private final TenantStore tenants;
    private final Clock clock;

    public Ledger(LedgerStore store, TenantStore tenants, Clock clock) {
        this.store = store;
        this.tenants = tenants;
        this.clock = clock;
    }

    /** What an audit found; {@code firstBadSeq} and {@code reason} are present when {@code ok} is false. */
    public record Audit(boolean ok, long rows, Optional<Long> firstBadSeq, Optional<String> reason) {}

    /** Adds a row of the given kind about the intent; {@code details} are further members of the event. */
    public void append(Session session, String tenantId, String kind, String intentId, JsonObject details) {
        Optional<LedgerRow> tip = store.tip(session, tenantId);
        JsonObject event = JsonObject.builder()
                .put("schema_version", 1)
                .put("tenant_id", tenantId)
                .put("kind", kind)
                .put("intent_id", intentId)
                .putAll(details)
                .build();
        LedgerEntry entry = new LedgerEntry(
                tenantId,
                tip.map(LedgerRow::seq).orElse(0L) + 1,
                tip.map(LedgerRow::entryCommitment).orElse(LedgerEntry.NO_PREDECESSOR),
                event,
                nanos(clock.instant()));
        store.add(session, entry.sign(issuer(session, tenantId)));
    }

    public Optional<LedgerRow> tip(Session session, String tenantId) {
        return store.tip(session, tenantId);
    }

    public List<LedgerRow> after(Session session, String tenantId, long afterSeq, int limit) {
        return store.after(session, tenantId, afterSeq, limit);
    }

    public VerifyingKey authority(Session session, String tenantId) {
        return issuer(session, tenantId).publicKey();
    }

    /** A row as it is shown. */
    public static JsonObject view(LedgerRow row) {
        return LedgerEntry.view(row);
    }

    public List<LedgerRow> all(Session session, String tenantId) {
        return store.after(session, tenantId, 0, Integer.MAX_VALUE);
    }

    /** The signed state of the whole ledger now; empty while there are no rows. */
    public Optional<JsonObject> checkpoint(Session session, String tenantId) {
        List<LedgerRow> rows = all(session, tenantId);
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(Checkpoints.sign(tenantId, rows, clock.instant(), issuer(session, tenantId)));
    }

    /** Reads the whole ledger and checks that every row follows the one before it and is authentic. */
    public Audit audit(Session session, String tenantId) {
        return audit(all(session, tenantId), authority(session, tenantId));
    }

    static Audit audit(List<LedgerRow> rows, VerifyingKey issuer) {
        String previous = LedgerEntry.NO_PREDECESSOR;
        long seq = 0;
        for (LedgerRow row : rows) {
            seq++;
            Optional<String> fault = fault(row, seq, previous, issuer);
            if (fault.isPresent()) {
                return new Audit(false, seq - 1, Optional.of(seq), fault);
            }
            previous = row.entryCommitment();
        }
        return new Audit(true, seq, Optional.empty(), Optional.empty());
    }

    private static Optional<String> fault(LedgerRow row, long seq, String previous, VerifyingKey issuer) {
        if (row.seq() != seq) {
            return Optional.of("ledger.row_missing");
        }
        if (!row.prevCommitment().equals(previous)) {
            return Optional.of("ledger.chain_broken");
        }
        return LedgerEntry.isAuthentic(row, issuer) ? Optional.empty() : Optional.of("ledger.row_altered");
    }

    private SigningKey issuer(Session session, String tenantId) {
        return SigningKey.fromSeedHex(tenants.tenant(session, tenantId).ledgerSeed());
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * NANOS_PER_SECOND + instant.getNano();
    }
}
