package ai.paybond.kit.sandbox.internal.http;

import ai.paybond.kit.sandbox.SandboxRoute;
import ai.paybond.kit.sandbox.internal.store.RunStore;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;

/** Takes agent runs and their trace events; the replies are JSON because clients parse them. */
public final class AgentRunEndpoints {
    private static final int MAX_RUN_ID = 256;

    private final RunStore runs;

    public AgentRunEndpoints(RunStore runs) {
        this.runs = runs;
    }

    public List<Route> routes() {
        return List.of(
                Route.gateway(SandboxRoute.AGENT_RUN, "PUT", "/v1/agent-runs/{run}", this::put),
                Route.gateway(SandboxRoute.AGENT_RUN, "POST", "/v1/agent-runs/{run}/trace-events", this::events));
    }

    private Reply put(Request request, Caller caller, Session session) {
        String run = run(request);
        runs.put(session, caller.tenantId(), run, request.json().toJson());
        return Reply.ok(JsonObject.builder().put("run_id", run).build());
    }

    private Reply events(Request request, Caller caller, Session session) {
        JsonArray events =
                request.json().array("events").orElseThrow(() -> ApiException.invalid("events must be a list."));
        runs.addEvents(session, caller.tenantId(), run(request), events.items().size());
        return Reply.ok(
                JsonObject.builder().put("accepted", events.items().size()).build());
    }

    private static String run(Request request) {
        String run = request.parameters().getOrDefault("run", "");
        if (run.isBlank() || run.length() > MAX_RUN_ID) {
            throw ApiException.invalid("A run id has 1 to 256 characters.");
        }
        return run;
    }
}
