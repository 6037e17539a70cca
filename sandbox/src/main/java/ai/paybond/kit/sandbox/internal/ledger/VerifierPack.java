package ai.paybond.kit.sandbox.internal.ledger;

import ai.paybond.kit.sandbox.internal.http.ApiException;
import ai.paybond.kit.sandbox.internal.http.Caller;
import ai.paybond.kit.sandbox.internal.http.Reply;
import ai.paybond.kit.sandbox.internal.http.Request;
import ai.paybond.kit.sandbox.internal.store.LedgerStore.LedgerRow;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Everything that somebody without access needs to check a ledger, and the check itself. */
final class VerifierPack {
    private static final String KIND = "paybond.sandbox_ledger_verifier_pack_v1";

    private final Ledger ledger;

    VerifierPack(Ledger ledger) {
        this.ledger = ledger;
    }

    Reply make(Request request, Caller caller, Session session) {
        caller.requireOperator();
        List<LedgerRow> rows = ledger.all(session, caller.tenantId());
        return Reply.ok(JsonObject.builder()
                .put("kind", KIND)
                .put("schema_version", 1)
                .put("tenant_id", caller.tenantId())
                .put(
                        "verifying_key_hex",
                        ledger.authority(session, caller.tenantId()).hex())
                .put("checkpoint", ledger.checkpoint(session, caller.tenantId()).orElse(null))
                .put("entries", rows.stream().map(LedgerEntry::view).toList())
                .build());
    }

    /** Checks a pack against the tenant's own key, whatever key the pack names. */
    Reply verify(Request request, Caller caller, Session session) {
        caller.requireOperator();
        JsonObject pack = request.json();
        VerifyingKey issuer = ledger.authority(session, caller.tenantId());
        Optional<String> fault = fault(pack, caller.tenantId(), issuer);
        return Reply.ok(JsonObject.builder()
                .put("tenant_id", caller.tenantId())
                .put("valid", fault.isEmpty())
                .put("reason", fault.orElse(null))
                .build());
    }

    private static Optional<String> fault(JsonObject pack, String tenantId, VerifyingKey issuer) {
        List<LedgerRow> rows = rows(pack, tenantId);
        Ledger.Audit audit = Ledger.audit(rows, issuer);
        if (!audit.ok()) {
            return audit.reason();
        }
        Optional<JsonObject> checkpoint = pack.object("checkpoint");
        boolean whole = checkpoint.isPresent() ? Checkpoints.isOf(checkpoint.get(), rows, issuer) : rows.isEmpty();
        return whole ? Optional.empty() : Optional.of("ledger.checkpoint_mismatch");
    }

    private static List<LedgerRow> rows(JsonObject pack, String tenantId) {
        JsonArray entries =
                pack.array("entries").orElseThrow(() -> ApiException.invalid("entries must be a list of rows."));
        List<LedgerRow> rows = new ArrayList<>();
        entries.objectItems().forEach(entry -> rows.add(row(entry, tenantId)));
        if (rows.size() != entries.items().size()) {
            throw ApiException.invalid("entries must be a list of rows.");
        }
        return rows;
    }

    private static LedgerRow row(JsonObject entry, String tenantId) {
        try {
            return new LedgerRow(
                    tenantId,
                    entry.integer("seq").orElseThrow(),
                    entry.object("event").orElseThrow().toJson(),
                    Long.parseLong(entry.string("timestamp_unix_nanos").orElseThrow()),
                    entry.string("prev_commitment_hex").orElseThrow(),
                    entry.string("entry_commitment_hex").orElseThrow(),
                    entry.string("issuer_pubkey_hex").orElseThrow(),
                    entry.string("signature_hex").orElseThrow());
        } catch (NoSuchElementException | NumberFormatException e) {
            throw ApiException.invalid("entries must be a list of rows.");
        }
    }
}
