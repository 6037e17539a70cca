package ai.paybond.kit.sandbox.internal.http;

import ai.paybond.kit.sandbox.SandboxRoute;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;

/** Who am I, and the exchange of an API key for a short-lived Harbor access token. */
public final class AccessEndpoints {
    private final HarborTokens tokens;

    public AccessEndpoints(HarborTokens tokens) {
        this.tokens = tokens;
    }

    public List<Route> routes() {
        return List.of(
                Route.gateway(SandboxRoute.HARBOR_ACCESS, "POST", "/v1/auth/harbor-access", this::harborAccess),
                Route.gateway(SandboxRoute.PRINCIPAL, "GET", "/v1/auth/principal", this::principal));
    }

    private Reply harborAccess(Request request, Caller caller, Session session) {
        if (!caller.usesApiKey()) {
            throw ApiException.nested(401, "invalid_api_key", "Only an API key can be exchanged.");
        }
        return Reply.ok(JsonObject.builder()
                .put("access_token", tokens.issue(caller))
                .put("token_type", "Bearer")
                .put("expires_in", tokens.lifetime().toSeconds())
                .put("tenant_id", caller.tenantId())
                .put("environment", caller.environment())
                .build());
    }

    private Reply principal(Request request, Caller caller, Session session) {
        return Reply.ok(JsonObject.builder()
                .put("tenant_id", caller.tenantId())
                .put("tenant_uuid", caller.tenantUuid().toString())
                .put("environment", caller.environment())
                .put("subject", caller.subject())
                .put("service_account_role", caller.role())
                .put("roles", List.of(caller.role()))
                .build());
    }
}
