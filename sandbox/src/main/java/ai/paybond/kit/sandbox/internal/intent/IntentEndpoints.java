package ai.paybond.kit.sandbox.internal.intent;

import ai.paybond.kit.sandbox.SandboxRoute;
import ai.paybond.kit.sandbox.internal.http.Caller;
import ai.paybond.kit.sandbox.internal.http.Reply;
import ai.paybond.kit.sandbox.internal.http.Request;
import ai.paybond.kit.sandbox.internal.http.Route;
import ai.paybond.kit.sandbox.internal.http.Scope;
import ai.paybond.kit.sandbox.internal.store.IntentRow;
import ai.paybond.kit.sandbox.internal.store.IntentStore;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.wire.intent.SignedIntent;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.recognition.RecognitionPurpose;
import java.util.List;
import java.util.Map;

/** The routes of intents, from creation to settlement, and the operator's reads of them. */
public final class IntentEndpoints {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;

    private final IntentServices services;
    private final IntentStore intents;

    public IntentEndpoints(IntentServices services) {
        this.services = services;
        this.intents = services.intents();
    }

    public List<Route> routes() {
        return List.of(
                Route.harbor(SandboxRoute.INTENT_CREATE, "POST", "/intents", this::create)
                        .recognizedFor(RecognitionPurpose.INTENT_CREATE)
                        .scoped(Scope.SPEND_WRITE),
                Route.harbor(SandboxRoute.INTENT_FUND, "POST", "/intents/{id}/fund", this::fund)
                        .recognizedFor(RecognitionPurpose.INTENT_FUND)
                        .scoped(Scope.SETTLEMENT_WRITE),
                Route.harbor(SandboxRoute.EVIDENCE_SUBMIT, "POST", "/intents/{id}/evidence", this::evidence)
                        .recognizedFor(RecognitionPurpose.EVIDENCE_SUBMIT)
                        .scoped(Scope.EVIDENCE_WRITE),
                Route.harbor(SandboxRoute.SETTLEMENT_CONFIRM, "POST", "/intents/{id}/settlement/confirm", this::confirm)
                        .recognizedFor(RecognitionPurpose.SETTLEMENT_CONFIRM)
                        .scoped(Scope.SETTLEMENT_WRITE),
                Route.harbor(SandboxRoute.INTENT_LIST, "GET", "/operator/v1/intents", this::list)
                        .scoped(Scope.DISCOVERY_READ),
                Route.harbor(SandboxRoute.INTENT_DETAIL, "GET", "/operator/v1/intents/{id}", this::detail)
                        .scoped(Scope.DISCOVERY_READ),
                Route.harbor(SandboxRoute.INTENT_SUMMARY, "GET", "/operator/v1/summary", this::summary));
    }

    private Reply create(Request request, Caller caller, Session session) {
        SignedIntent signed = services.creation()
                .read(caller.tenantId(), request.json(), services.policies().context(session, caller.tenantId()));
        IntentRow intent = services.creation().create(signed, request.bodyDigest(), session);
        return Reply.of(201, IntentViews.created(intent, signed.statement().intentId()));
    }

    private Reply fund(Request request, Caller caller, Session session) {
        String id = request.uuidParameter("id");
        return services.funding().fund(request, find(id, caller, session), id, session);
    }

    private Reply evidence(Request request, Caller caller, Session session) {
        String id = request.uuidParameter("id");
        IntentRow intent = find(id, caller, session);
        return Reply.ok(
                services.evidence().submit(intent, id, request.json(), Submission.of(request, caller), session));
    }

    private Reply confirm(Request request, Caller caller, Session session) {
        String id = request.uuidParameter("id");
        IntentRow intent = find(id, caller, session);
        caller.requireOperator();
        return Reply.ok(services.settlement().confirm(intent, id, session));
    }

    private Reply detail(Request request, Caller caller, Session session) {
        String id = request.uuidParameter("id");
        return Reply.ok(IntentViews.detail(find(id, caller, session), id));
    }

    private Reply summary(Request request, Caller caller, Session session) {
        caller.requireOperator();
        JsonObject.Builder byState = JsonObject.builder();
        for (IntentStore.StateCount count : intents.countByState(session, caller.tenantId())) {
            byState.put(
                    count.state(),
                    JsonObject.builder()
                            .put("count", count.count())
                            .put("amount_cents", count.amountCents())
                            .build());
        }
        return Reply.ok(JsonObject.builder()
                .put("tenant_id", caller.tenantId())
                .put("by_state", byState.build())
                .build());
    }

    private Reply list(Request request, Caller caller, Session session) {
        int limit = (int) Math.min(MAX_LIMIT, Math.max(1, request.number("limit", DEFAULT_LIMIT)));
        Map<String, String> query = request.query();
        IntentStore.Filter filter =
                new IntentStore.Filter(query.get("status"), query.get("operator_did"), query.get("cursor"));
        List<IntentRow> rows = intents.page(session, caller.tenantId(), filter, limit + 1);
        List<IntentRow> page = rows.subList(0, Math.min(limit, rows.size()));
        return Reply.ok(JsonObject.builder()
                .put("tenant_id", caller.tenantId())
                .put(
                        "intents",
                        page.stream()
                                .map(row -> IntentViews.detail(row, row.intentId()))
                                .toList())
                .put("next_cursor", rows.size() > limit ? page.get(limit - 1).intentId() : null)
                .build());
    }

    private IntentRow find(String id, Caller caller, Session session) {
        return services.find(id, caller.tenantId(), session);
    }
}
