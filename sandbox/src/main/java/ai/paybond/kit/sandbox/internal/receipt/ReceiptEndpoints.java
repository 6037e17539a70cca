package ai.paybond.kit.sandbox.internal.receipt;

import ai.paybond.kit.sandbox.SandboxRoute;
import ai.paybond.kit.sandbox.internal.http.ApiException;
import ai.paybond.kit.sandbox.internal.http.Caller;
import ai.paybond.kit.sandbox.internal.http.Page;
import ai.paybond.kit.sandbox.internal.http.Reply;
import ai.paybond.kit.sandbox.internal.http.Request;
import ai.paybond.kit.sandbox.internal.http.Route;
import ai.paybond.kit.sandbox.internal.http.Scope;
import ai.paybond.kit.sandbox.internal.store.DocumentKind;
import ai.paybond.kit.sandbox.internal.store.DocumentStore;
import ai.paybond.kit.sandbox.internal.store.DocumentStore.Document;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.wire.TrustedKeys;
import ai.paybond.kit.wire.Verdict;
import ai.paybond.kit.wire.ed25519.Signer;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.receipt.AgentReceipt;
import ai.paybond.kit.wire.receipt.ReceiptHashes;
import ai.paybond.kit.wire.receipt.ReceiptTrust;
import ai.paybond.kit.wire.receipt.SettlementReceipt;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads of receipts, which are the tenant's, and their verification, which is open to anyone. Errors are flat here. */
public final class ReceiptEndpoints {
    private static final String AGENT = "/protocol/v2/agent-receipts";
    private static final String SETTLEMENT = "/protocol/v2/receipts";

    private final DocumentStore documents;
    private final TransparencyLog log;
    private final TrustedKeys keys;

    public ReceiptEndpoints(DocumentStore documents, Signer gateway, Clock clock) {
        this.documents = documents;
        this.log = new TransparencyLog(documents, gateway, clock);
        this.keys = TrustedKeys.of(gateway.publicKey());
    }

    public List<Route> routes() {
        return List.of(
                Route.gateway(SandboxRoute.AGENT_RECEIPT, "GET", AGENT, this::agentReceipts)
                        .scoped(Scope.RECEIPTS_READ),
                Route.gateway(SandboxRoute.AGENT_RECEIPT, "GET", AGENT + "/{id}", this::agentReceipt)
                        .scoped(Scope.RECEIPTS_READ),
                Route.gateway(SandboxRoute.TRANSPARENCY, "GET", AGENT + "/{id}/inclusion-proof", this::proof)
                        .scoped(Scope.RECEIPTS_READ),
                Route.gateway(SandboxRoute.TRANSPARENCY, "GET", "/protocol/v2/transparency/tree-head", this::head)
                        .scoped(Scope.RECEIPTS_READ),
                Route.open(SandboxRoute.RECEIPT_VERIFY, "POST", AGENT + "/verify", this::verifyAgentReceipt),
                Route.gateway(SandboxRoute.SETTLEMENT_RECEIPT, "GET", SETTLEMENT + "/{id}", this::settlementReceipt)
                        .scoped(Scope.RECEIPTS_READ),
                Route.open(SandboxRoute.RECEIPT_VERIFY, "POST", SETTLEMENT + "/verify", this::verifySettlement));
    }

    /** One receipt by its call, the terminal one of an intent, or a page of all. */
    private Reply agentReceipts(Request request, Caller caller, Session session) {
        Map<String, String> query = request.query();
        if (query.containsKey("intent_id")) {
            String intentId = query.get("intent_id").strip().toLowerCase(Locale.ROOT);
            String id = query.containsKey("tool_call_id")
                    ? ReceiptHashes.actionReceiptId(
                                    intentId, query.get("tool_call_id").strip())
                            .hex()
                    : intentId;
            return found(documents.find(session, caller.tenantId(), DocumentKind.AGENT_RECEIPT, id));
        }
        Page page = Page.of(request);
        return Reply.ok(page.reply(
                caller.tenantId(),
                documents.page(session, caller.tenantId(), DocumentKind.AGENT_RECEIPT, page.offset(), page.limit()),
                Document::body));
    }

    private Reply agentReceipt(Request request, Caller caller, Session session) {
        return found(documents.find(session, caller.tenantId(), DocumentKind.AGENT_RECEIPT, id(request)));
    }

    private Reply settlementReceipt(Request request, Caller caller, Session session) {
        return found(documents.find(session, caller.tenantId(), DocumentKind.SETTLEMENT_RECEIPT, id(request)));
    }

    private Reply proof(Request request, Caller caller, Session session) {
        return found(log.proof(session, caller.tenantId(), id(request)));
    }

    private Reply head(Request request, Caller caller, Session session) {
        return Reply.ok(log.head(session, caller.tenantId()));
    }

    private static String id(Request request) {
        return request.parameters().getOrDefault("id", "").toLowerCase(Locale.ROOT);
    }

    private static Reply found(Optional<JsonObject> document) {
        return Reply.ok(document.orElseThrow(
                () -> ApiException.flat(404, "not_found", "There is no such object in this tenant.")));
    }

    private Reply verifyAgentReceipt(Request request, Caller caller, Session session) {
        return verified(request.json(), AgentReceipt.verify(request.json(), ReceiptTrust.in(keys)));
    }

    private Reply verifySettlement(Request request, Caller caller, Session session) {
        return verified(request.json(), SettlementReceipt.verify(request.json(), keys));
    }

    private static Reply verified(JsonObject receipt, Verdict<?> verdict) {
        if (verdict instanceof Verdict.Invalid<?> invalid) {
            throw ApiException.flat(400, "invalid_receipt", "The receipt does not verify (" + invalid.code() + ").");
        }
        return Reply.ok(JsonObject.builder()
                .put("valid", true)
                .put("kind", receipt.get("kind"))
                .put("receipt_id", receipt.get("receipt_id"))
                .put("tenant_id", receipt.get("tenant_id"))
                .put("receipt", receipt)
                .build());
    }
}
