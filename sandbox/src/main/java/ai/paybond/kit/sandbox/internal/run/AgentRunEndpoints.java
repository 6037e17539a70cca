package ai.paybond.kit.sandbox.internal.run;

import ai.paybond.kit.sandbox.SandboxRoute;
import ai.paybond.kit.sandbox.internal.http.ApiException;
import ai.paybond.kit.sandbox.internal.http.Caller;
import ai.paybond.kit.sandbox.internal.http.Page;
import ai.paybond.kit.sandbox.internal.http.Reply;
import ai.paybond.kit.sandbox.internal.http.Request;
import ai.paybond.kit.sandbox.internal.http.Route;
import ai.paybond.kit.sandbox.internal.store.DocumentKind;
import ai.paybond.kit.sandbox.internal.store.DocumentStore;
import ai.paybond.kit.sandbox.internal.store.DocumentStore.Document;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;

/**
 * Takes agent runs and their trace events, and shows them again. A run need not be announced before its events, because
 * clients send both at once; replies are JSON because clients parse them.
 */
public final class AgentRunEndpoints {
    private static final int MAX_RUN_ID = 256;
    private static final int MAX_EVENTS = 200;

    private final DocumentStore documents;
    private final Clock clock;

    public AgentRunEndpoints(DocumentStore documents, Clock clock) {
        this.documents = documents;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.gateway(SandboxRoute.AGENT_RUN, "PUT", "/v1/agent-runs/{run}", this::put),
                Route.gateway(SandboxRoute.AGENT_RUN, "POST", "/v1/agent-runs/{run}/trace-events", this::add),
                Route.gateway(SandboxRoute.AGENT_RUN, "GET", "/v1/agent-runs", this::list),
                Route.gateway(SandboxRoute.AGENT_RUN, "GET", "/v1/agent-runs/{run}", this::detail),
                Route.gateway(SandboxRoute.AGENT_RUN, "GET", "/v1/agent-runs/{run}/trace-events", this::events));
    }

    private Reply put(Request request, Caller caller, Session session) {
        String run = run(request);
        documents.put(session, caller.tenantId(), DocumentKind.AGENT_RUN, run, request.json(), clock.instant());
        return Reply.ok(JsonObject.builder().put("run_id", run).build());
    }

    private Reply add(Request request, Caller caller, Session session) {
        String run = run(request);
        JsonArray events =
                request.json().array("events").orElseThrow(() -> ApiException.invalid("events must be a list."));
        if (events.items().size() > MAX_EVENTS
                || events.objectItems().count() != events.items().size()) {
            throw ApiException.invalid("events must be at most 200 objects.");
        }
        events.objectItems().forEach(event -> keep(caller.tenantId(), run, event, session));
        return Reply.ok(
                JsonObject.builder().put("accepted", events.items().size()).build());
    }

    private void keep(String tenantId, String run, JsonObject event, Session session) {
        JsonObject stored =
                JsonObject.builder().put("run_id", run).put("event", event).build();
        String id = UUID.randomUUID().toString();
        documents.put(session, tenantId, DocumentKind.TRACE_EVENT, id, stored, clock.instant());
    }

    private Reply list(Request request, Caller caller, Session session) {
        Page page = Page.of(request);
        return Reply.ok(page.reply(
                caller.tenantId(),
                documents.page(session, caller.tenantId(), DocumentKind.AGENT_RUN, page.offset(), page.limit()),
                AgentRunEndpoints::view));
    }

    private Reply detail(Request request, Caller caller, Session session) {
        String run = run(request);
        return documents
                .find(session, caller.tenantId(), DocumentKind.AGENT_RUN, run)
                .map(body -> Reply.ok(JsonObject.builder()
                        .put("tenant_id", caller.tenantId())
                        .put("run_id", run)
                        .putAll(body.without("tenant_id").without("run_id"))
                        .build()))
                .orElseThrow(ApiException::notFound);
    }

    private Reply events(Request request, Caller caller, Session session) {
        String run = run(request);
        List<JsonObject> events = documents.all(session, caller.tenantId(), DocumentKind.TRACE_EVENT).stream()
                .map(Document::body)
                .filter(body -> body.string("run_id").orElse("").equals(run))
                .flatMap(body -> body.object("event").stream())
                .toList();
        return Reply.ok(JsonObject.builder()
                .put("tenant_id", caller.tenantId())
                .put("run_id", run)
                .put("events", events)
                .build());
    }

    private static JsonObject view(Document run) {
        return JsonObject.builder()
                .put("run_id", run.id())
                .put("intent_id", run.body().string("intent_id").orElse(""))
                .put("operation", run.body().string("operation").orElse(""))
                .put("recorded_at", DateTimeFormatter.ISO_INSTANT.format(run.storedAt()))
                .build();
    }

    private static String run(Request request) {
        String run = request.parameters().getOrDefault("run", "");
        if (run.isBlank() || run.length() > MAX_RUN_ID) {
            throw ApiException.invalid("A run id has 1 to 256 characters.");
        }
        return run;
    }
}
