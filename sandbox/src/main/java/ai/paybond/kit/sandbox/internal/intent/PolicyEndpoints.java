package ai.paybond.kit.sandbox.internal.intent;

import ai.paybond.kit.sandbox.SandboxRoute;
import ai.paybond.kit.sandbox.internal.http.ApiException;
import ai.paybond.kit.sandbox.internal.http.Caller;
import ai.paybond.kit.sandbox.internal.http.Members;
import ai.paybond.kit.sandbox.internal.http.Reply;
import ai.paybond.kit.sandbox.internal.http.Request;
import ai.paybond.kit.sandbox.internal.http.Route;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Arrays;
import java.util.List;

/** The policy registry: anyone of the tenant reads it, its administrators add, preview and publish versions. */
public final class PolicyEndpoints {
    private static final String VERSIONS = "/policy/v1/versions";

    private final PolicyRegistry registry;

    public PolicyEndpoints(PolicyRegistry registry) {
        this.registry = registry;
    }

    public List<Route> routes() {
        return List.of(
                Route.harbor(SandboxRoute.POLICY, "GET", "/policy/v1/templates", this::templates),
                Route.harbor(SandboxRoute.POLICY, "GET", VERSIONS, this::versions),
                Route.harbor(SandboxRoute.POLICY_ADMIN, "POST", "/policy/v1/preview", this::preview),
                Route.harbor(SandboxRoute.POLICY_ADMIN, "POST", VERSIONS, this::draft),
                Route.harbor(SandboxRoute.POLICY_ADMIN, "POST", VERSIONS + "/{template}/{seq}/publish", this::publish));
    }

    private Reply templates(Request request, Caller caller, Session session) {
        return Reply.ok(JsonObject.builder()
                .put("tenant_id", caller.tenantId())
                .put(
                        "templates",
                        Arrays.stream(PolicyTemplate.values())
                                .map(template -> JsonObject.builder()
                                        .put("template_id", template.id())
                                        .put("parameters", template.defaults())
                                        .build())
                                .toList())
                .build());
    }

    private Reply versions(Request request, Caller caller, Session session) {
        PolicyTemplate template = PolicyTemplate.of(request.query().getOrDefault("template_id", ""));
        List<PolicyVersion> versions = registry.versions(session, caller.tenantId(), template);
        return Reply.ok(JsonObject.builder()
                .put("tenant_id", caller.tenantId())
                .put("template_id", template.id())
                .put(
                        "current_head_seq",
                        registry.head(session, caller.tenantId(), template).seq())
                .put("versions", versions.stream().map(PolicyVersion::view).toList())
                .build());
    }

    private Reply preview(Request request, Caller caller, Session session) {
        caller.requireAdmin();
        Members members = new Members(request.json());
        return Reply.ok(JsonObject.builder()
                .put("tenant_id", caller.tenantId())
                .put("template_id", template(members).id())
                .put("predicate_dsl", template(members).materialise(parameters(members)))
                .build());
    }

    private Reply draft(Request request, Caller caller, Session session) {
        caller.requireAdmin();
        Members members = new Members(request.json());
        PolicyVersion draft = registry.draft(session, caller.tenantId(), template(members), parameters(members));
        return Reply.of(201, view(caller, draft));
    }

    private Reply publish(Request request, Caller caller, Session session) {
        PolicyTemplate template = PolicyTemplate.find(request.parameters().getOrDefault("template", ""))
                .orElseThrow(ApiException::notFound);
        caller.requireAdmin();
        return Reply.ok(view(caller, registry.publish(session, caller.tenantId(), template, seq(request))));
    }

    private static long seq(Request request) {
        try {
            return Long.parseLong(request.parameters().getOrDefault("seq", ""));
        } catch (NumberFormatException e) {
            throw ApiException.notFound();
        }
    }

    private static PolicyTemplate template(Members members) {
        return PolicyTemplate.of(members.text("template_id"));
    }

    private static JsonObject parameters(Members members) {
        return members.optionalObject("parameters")
                .orElseGet(() -> JsonObject.builder().build());
    }

    private static JsonObject view(Caller caller, PolicyVersion version) {
        return JsonObject.builder()
                .put("tenant_id", caller.tenantId())
                .put("template_id", version.template().id())
                .putAll(version.view())
                .build();
    }
}
