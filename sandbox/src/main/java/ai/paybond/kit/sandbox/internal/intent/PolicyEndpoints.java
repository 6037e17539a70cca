package ai.paybond.kit.sandbox.internal.intent;

import ai.paybond.kit.sandbox.SandboxRoute;
import ai.paybond.kit.sandbox.internal.http.Caller;
import ai.paybond.kit.sandbox.internal.http.Reply;
import ai.paybond.kit.sandbox.internal.http.Request;
import ai.paybond.kit.sandbox.internal.http.Route;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.wire.intent.PublishedPolicy;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Arrays;
import java.util.List;

/** Reads of the policy registry. */
public final class PolicyEndpoints {
    public List<Route> routes() {
        return List.of(
                Route.harbor(SandboxRoute.POLICY, "GET", "/policy/v1/templates", this::templates),
                Route.harbor(SandboxRoute.POLICY, "GET", "/policy/v1/versions", this::versions));
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
        PublishedPolicy head = PolicyRegistry.head(template);
        JsonObject version = JsonObject.builder()
                .put("version_seq", PolicyRegistry.HEAD)
                .put("parameters", template.defaults())
                .put("predicate_dsl", head.predicate())
                .put("content_digest_hex", head.binding().contentDigest().hex())
                .build();
        return Reply.ok(JsonObject.builder()
                .put("tenant_id", caller.tenantId())
                .put("template_id", template.id())
                .put("current_head_seq", PolicyRegistry.HEAD)
                .put("versions", List.of(version))
                .build());
    }
}
