package ai.paybond.kit.sandbox.internal.ledger;

import ai.paybond.kit.sandbox.SandboxRoute;
import ai.paybond.kit.sandbox.internal.http.ApiException;
import ai.paybond.kit.sandbox.internal.http.Caller;
import ai.paybond.kit.sandbox.internal.http.Endpoint;
import ai.paybond.kit.sandbox.internal.http.Reply;
import ai.paybond.kit.sandbox.internal.http.Request;
import ai.paybond.kit.sandbox.internal.http.Route;
import ai.paybond.kit.sandbox.internal.http.Scope;
import ai.paybond.kit.sandbox.internal.store.LedgerStore.LedgerRow;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Reads of the ledger, always of the caller's own tenant. */
public final class LedgerEndpoints {
    private static final int DEFAULT_LIMIT = 64;
    private static final int MAX_LIMIT = 256;

    private final Ledger ledger;
    private final VerifierPack packs;

    public LedgerEndpoints(Ledger ledger) {
        this.ledger = ledger;
        this.packs = new VerifierPack(ledger);
    }

    /** The same reads for Harbor's clients and, under the compliance path, for auditors at the Gateway. */
    public List<Route> routes() {
        List<Route> routes = new ArrayList<>(List.of(
                Route.harbor(SandboxRoute.LEDGER, "GET", "/ledger/v1/verify", this::verify),
                Route.harbor(SandboxRoute.LEDGER, "GET", "/ledger/v1/verifier-pack", packs::make),
                Route.harbor(SandboxRoute.LEDGER, "POST", "/ledger/v1/verifier-pack/verify", packs::verify)));
        for (String base : List.of("/ledger/v1", "/v1/compliance/ledger")) {
            boolean harbor = base.equals("/ledger/v1");
            routes.add(read(harbor, base + "/tip", this::tip));
            routes.add(read(harbor, base + "/events", this::events));
            routes.add(read(harbor, base + "/authority", this::authority));
            routes.add(read(harbor, base + "/merkle/latest", this::merkle));
            routes.add(read(harbor, base + "/merkle/proof", this::proof));
        }
        return routes;
    }

    private static Route read(boolean harbor, String path, Endpoint endpoint) {
        return harbor
                ? Route.harbor(SandboxRoute.LEDGER, "GET", path, endpoint).scoped(Scope.COMPLIANCE_READ)
                : Route.gateway(SandboxRoute.LEDGER, "GET", path, endpoint).scoped(Scope.COMPLIANCE_READ);
    }

    private Reply tip(Request request, Caller caller, Session session) {
        var tip = ledger.tip(session, caller.tenantId());
        return Reply.ok(reply(caller)
                .put("seq", tip.map(LedgerRow::seq).orElse(0L))
                .put("entry_commitment_hex", tip.map(LedgerRow::entryCommitment).orElse(LedgerEntry.NO_PREDECESSOR))
                .put("empty", tip.isEmpty())
                .build());
    }

    private Reply events(Request request, Caller caller, Session session) {
        long afterSeq = request.number("after_seq", 0);
        int limit = (int) Math.min(MAX_LIMIT, Math.max(1, request.number("limit", DEFAULT_LIMIT)));
        if (afterSeq < 0) {
            throw ApiException.invalid("after_seq must not be negative.");
        }
        List<LedgerRow> rows = ledger.after(session, caller.tenantId(), afterSeq, limit + 1);
        List<LedgerRow> page = rows.subList(0, Math.min(limit, rows.size()));
        return Reply.ok(reply(caller)
                .put("entries", page.stream().map(LedgerEntry::view).toList())
                .put("next_after_seq", rows.size() > limit ? page.get(limit - 1).seq() : null)
                .build());
    }

    private Reply authority(Request request, Caller caller, Session session) {
        return Reply.ok(reply(caller)
                .put("algorithm", "ed25519")
                .put(
                        "verifying_key_hex",
                        ledger.authority(session, caller.tenantId()).hex())
                .build());
    }

    /** The Merkle form is not public; this one is ours. */
    private Reply merkle(Request request, Caller caller, Session session) {
        return Reply.ok(reply(caller)
                .put("checkpoint", ledger.checkpoint(session, caller.tenantId()).orElse(null))
                .build());
    }

    /** How the row {@code seq} hangs below the root of the checkpoint that comes with it. */
    private Reply proof(Request request, Caller caller, Session session) {
        List<LedgerRow> rows = ledger.all(session, caller.tenantId());
        long seq = request.number("seq", 0);
        if (seq < 1 || seq > rows.size()) {
            throw ApiException.notFound();
        }
        LedgerRow row = rows.get((int) seq - 1);
        return Reply.ok(reply(caller)
                .put("seq", seq)
                .put("entry_commitment_hex", row.entryCommitment())
                .put("audit_path_sha256_hex", Checkpoints.path(rows, (int) seq - 1))
                .put("checkpoint", ledger.checkpoint(session, caller.tenantId()).orElse(null))
                .build());
    }

    private Reply verify(Request request, Caller caller, Session session) {
        caller.requireOperator();
        Ledger.Audit audit = ledger.audit(session, caller.tenantId());
        return Reply.ok(reply(caller)
                .put("ok", audit.ok())
                .put("rows", audit.rows())
                .put("first_bad_seq", audit.firstBadSeq().orElse(null))
                .put("reason", audit.reason().orElse(null))
                .build());
    }

    private static JsonObject.Builder reply(Caller caller) {
        return JsonObject.builder().put("schema_version", 1).put("tenant_id", caller.tenantId());
    }
}
