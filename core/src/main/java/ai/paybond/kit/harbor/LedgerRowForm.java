package ai.paybond.kit.harbor;

import ai.paybond.kit.wire.json.CanonicalJson;
import ai.paybond.kit.wire.json.JsonObject;

/**
 * The bytes of a ledger row that are committed to with BLAKE3 and signed with Ed25519: canonical JSON of the row without
 * its commitment, key and signature. Paybond has not published its own form; this is the one of our sandbox, described in
 * {@code docs/decisions/0005-ledger-rows.md}.
 */
final class LedgerRowForm {
    private static final String KIND = "paybond.sandbox_ledger_row_v1";

    private LedgerRowForm() {}

    /** @throws ai.paybond.kit.wire.WireException when the event has no unambiguous canonical form */
    static byte[] canonicalBytes(String tenantId, LedgerEntry entry) {
        return CanonicalJson.strictBytes(JsonObject.builder()
                .put("kind", KIND)
                .put("schema_version", 1)
                .put("tenant_id", tenantId)
                .put("seq", entry.sequence())
                .put("prev_commitment_hex", entry.previousCommitment().hex())
                .put("event", entry.event())
                .put(
                        "timestamp_unix_nanos",
                        entry.raw().string("timestamp_unix_nanos").orElse(""))
                .build());
    }
}
