package ai.paybond.kit.sandbox.internal.audit;

import ai.paybond.kit.sandbox.SandboxRoute;
import ai.paybond.kit.sandbox.internal.http.ApiException;
import ai.paybond.kit.sandbox.internal.http.Caller;
import ai.paybond.kit.sandbox.internal.http.Reply;
import ai.paybond.kit.sandbox.internal.http.Request;
import ai.paybond.kit.sandbox.internal.http.Route;
import ai.paybond.kit.sandbox.internal.http.Scope;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;

/** The routes of audit exports. The bundle is fetched with its own token instead of the key, so its route is open. */
public final class AuditEndpoints {
    private static final String BASE = "/v1/compliance/audit-exports";
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;

    private final AuditExports exports;

    public AuditEndpoints(AuditExports exports) {
        this.exports = exports;
    }

    public List<Route> routes() {
        return List.of(
                Route.gateway(SandboxRoute.AUDIT_EXPORT, "GET", BASE, this::list)
                        .scoped(Scope.COMPLIANCE_READ),
                Route.gateway(SandboxRoute.AUDIT_EXPORT, "POST", BASE, this::create),
                Route.gateway(SandboxRoute.AUDIT_EXPORT, "GET", BASE + "/{job}", this::get)
                        .scoped(Scope.COMPLIANCE_READ),
                Route.gateway(SandboxRoute.AUDIT_EXPORT, "DELETE", BASE + "/{job}", this::delete),
                Route.open(SandboxRoute.AUDIT_EXPORT, "POST", BASE + "/{job}/bundle", this::bundle));
    }

    private Reply list(Request request, Caller caller, Session session) {
        caller.requireOperator();
        int limit = (int) Math.min(MAX_LIMIT, Math.max(1, request.number("limit", DEFAULT_LIMIT)));
        List<JsonObject> rows =
                exports.page(session, caller.tenantId(), request.query().get("cursor"), limit + 1);
        List<JsonObject> page = rows.subList(0, Math.min(limit, rows.size()));
        return Reply.ok(JsonObject.builder()
                .put("tenant_realm_id", caller.tenantId())
                .put("jobs", page.stream().map(AuditEndpoints::view).toList())
                .put(
                        "next_cursor",
                        rows.size() > limit
                                ? page.get(limit - 1).string("cursor").orElse(null)
                                : null)
                .build());
    }

    private Reply create(Request request, Caller caller, Session session) {
        caller.requireOperator();
        return job(201, exports.create(session, caller.tenantId(), request.json()));
    }

    private Reply get(Request request, Caller caller, Session session) {
        JsonObject job = exports.find(session, caller.tenantId(), id(request));
        caller.requireOperator();
        boolean issue = "1".equals(request.query().get("issue_download"))
                && job.string("status").orElse("").equals("ready");
        return job(200, issue ? exports.issueToken(session, caller.tenantId(), job) : job);
    }

    private Reply delete(Request request, Caller caller, Session session) {
        exports.find(session, caller.tenantId(), id(request));
        caller.requireOperator();
        exports.delete(session, caller.tenantId(), id(request));
        return Reply.ok(JsonObject.builder()
                .put("job_id", id(request))
                .put("deleted", true)
                .build());
    }

    private Reply bundle(Request request, Caller caller, Session session) {
        String token = request.header("authorization")
                .filter(value -> value.startsWith("Bearer "))
                .map(value -> value.substring(7))
                .orElse("");
        return exports.download(session, id(request), token)
                .map(zip -> Reply.file("application/zip", zip))
                .orElseThrow(
                        () -> ApiException.nested(401, "unauthorized", "A download token of this job is required."));
    }

    private static String id(Request request) {
        return request.parameters().getOrDefault("job", "");
    }

    private static Reply job(int status, JsonObject job) {
        return Reply.of(status, JsonObject.builder().put("job", view(job)).build());
    }

    private static JsonObject view(JsonObject job) {
        String id = job.string("id").orElseThrow();
        return JsonObject.builder()
                .putAll(job.without("bundle").without("token").without("cursor"))
                .put("job_id", id)
                .put("download_path", BASE + "/" + id + "/bundle")
                .build();
    }
}
