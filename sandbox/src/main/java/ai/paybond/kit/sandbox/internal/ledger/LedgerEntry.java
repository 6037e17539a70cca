package ai.paybond.kit.sandbox.internal.ledger;

import ai.paybond.kit.sandbox.internal.store.LedgerStore.LedgerRow;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.json.CanonicalJson;
import ai.paybond.kit.wire.json.JsonObject;

/** One ledger row in its canonical form: what is committed to and signed. */
record LedgerEntry(String tenantId, long seq, String prevCommitment, JsonObject event, long timestampNanos) {
    static final String NO_PREDECESSOR = "0".repeat(64);
    private static final String KIND = "paybond.sandbox_ledger_row_v1";

    static LedgerEntry of(LedgerRow row) {
        return new LedgerEntry(
                row.tenantId(), row.seq(), row.prevCommitment(), JsonObject.parse(row.event()), row.timestampNanos());
    }

    /** Nanoseconds are text, because they do not fit the integers that JSON readers agree on. */
    byte[] canonicalBytes() {
        return CanonicalJson.strictBytes(JsonObject.builder()
                .put("kind", KIND)
                .put("schema_version", 1)
                .put("tenant_id", tenantId)
                .put("seq", seq)
                .put("prev_commitment_hex", prevCommitment)
                .put("event", event)
                .put("timestamp_unix_nanos", Long.toString(timestampNanos))
                .build());
    }

    LedgerRow sign(SigningKey issuer) {
        byte[] bytes = canonicalBytes();
        return new LedgerRow(
                tenantId,
                seq,
                CanonicalJson.strict(event),
                timestampNanos,
                prevCommitment,
                Digest32.blake3(bytes).hex(),
                issuer.publicKey().hex(),
                Hex.encode(issuer.sign(bytes)));
    }

    /** Whether the row says what was committed to and signed by {@code issuer}. */
    static boolean isAuthentic(LedgerRow row, VerifyingKey issuer) {
        try {
            byte[] bytes = of(row).canonicalBytes();
            return row.entryCommitment().equals(Digest32.blake3(bytes).hex())
                    && row.issuerKey().equals(issuer.hex())
                    && issuer.verify(bytes, Hex.decode(row.signature()));
        } catch (WireException e) {
            return false;
        }
    }

    static JsonObject view(LedgerRow row) {
        return JsonObject.builder()
                .put("seq", row.seq())
                .put("prev_commitment_hex", row.prevCommitment())
                .put("entry_commitment_hex", row.entryCommitment())
                .put("event", JsonObject.parse(row.event()))
                .put("timestamp_unix_nanos", Long.toString(row.timestampNanos()))
                .put("issuer_pubkey_hex", row.issuerKey())
                .put("signature_hex", row.signature())
                .build();
    }
}
