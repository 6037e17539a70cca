package ai.paybond.kit.sandbox.internal.intent;

import ai.paybond.kit.sandbox.SandboxRoute;
import ai.paybond.kit.sandbox.internal.http.ApiException;
import ai.paybond.kit.sandbox.internal.http.Caller;
import ai.paybond.kit.sandbox.internal.http.Members;
import ai.paybond.kit.sandbox.internal.http.Page;
import ai.paybond.kit.sandbox.internal.http.Reply;
import ai.paybond.kit.sandbox.internal.http.Request;
import ai.paybond.kit.sandbox.internal.http.Route;
import ai.paybond.kit.sandbox.internal.store.DocumentKind;
import ai.paybond.kit.sandbox.internal.store.DocumentStore;
import ai.paybond.kit.sandbox.internal.store.DocumentStore.Document;
import ai.paybond.kit.sandbox.internal.store.IntentRow;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Disputes: anyone of the tenant may open one while money is held, an operator ends it. The paths are ours. */
public final class DisputeEndpoints {
    private final IntentServices services;
    private final DocumentStore documents;
    private final Clock clock;

    public DisputeEndpoints(IntentServices services, DocumentStore documents, Clock clock) {
        this.services = services;
        this.documents = documents;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.harbor(SandboxRoute.DISPUTE, "POST", "/intents/{id}/dispute", this::open),
                Route.harbor(SandboxRoute.DISPUTE, "POST", "/intents/{id}/dispute/resolve", this::resolve),
                Route.harbor(SandboxRoute.DISPUTE, "GET", "/operator/v1/disputes", this::list));
    }

    private Reply open(Request request, Caller caller, Session session) {
        String id = request.uuidParameter("id");
        IntentRow intent = services.find(id, caller.tenantId(), session);
        String reason = new Members(request.json()).optionalText("reason").orElse("");
        if (!IntentState.FUNDED.isStateOf(intent) && !IntentState.EVIDENCE_SUBMITTED.isStateOf(intent)) {
            throw IntentState.conflict(intent);
        }
        JsonObject dispute = JsonObject.builder()
                .put("intent_id", intent.intentId())
                .put("status", "open")
                .put("reason", reason)
                .put("opened_by", caller.subject())
                .put("opened_at", now())
                .put("resolution", null)
                .build();
        documents.put(session, caller.tenantId(), DocumentKind.DISPUTE, intent.intentId(), dispute, clock.instant());
        services.settlement().dispute(intent, reason, session);
        return Reply.ok(view(caller, id, IntentState.DISPUTED, dispute));
    }

    private Reply resolve(Request request, Caller caller, Session session) {
        String id = request.uuidParameter("id");
        IntentRow intent = services.find(id, caller.tenantId(), session);
        caller.requireOperator();
        IntentState state = IntentState.terminal(new Members(request.json()).text("resolution"))
                .orElseThrow(() -> ApiException.invalid("resolution must be a terminal state of an intent."));
        IntentState.DISPUTED.require(intent);
        JsonObject dispute = documents
                .find(session, caller.tenantId(), DocumentKind.DISPUTE, intent.intentId())
                .orElseThrow(ApiException::notFound)
                .with("status", "resolved")
                .with("resolution", state.text())
                .with("resolved_at", now());
        documents.put(session, caller.tenantId(), DocumentKind.DISPUTE, intent.intentId(), dispute, clock.instant());
        services.settlement().settle(intent, state, session);
        return Reply.ok(view(caller, id, state, dispute));
    }

    private Reply list(Request request, Caller caller, Session session) {
        Page page = Page.of(request);
        return Reply.ok(page.reply(
                caller.tenantId(),
                documents.page(session, caller.tenantId(), DocumentKind.DISPUTE, page.offset(), page.limit()),
                Document::body));
    }

    private static JsonObject view(Caller caller, String id, IntentState state, JsonObject dispute) {
        return JsonObject.builder()
                .put("intent_id", id)
                .put("tenant", caller.tenantId())
                .put("state", state.text())
                .put("dispute", dispute)
                .build();
    }

    private String now() {
        return DateTimeFormatter.ISO_INSTANT.format(clock.instant());
    }
}
