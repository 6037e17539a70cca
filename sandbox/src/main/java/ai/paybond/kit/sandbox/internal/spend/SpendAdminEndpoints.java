package ai.paybond.kit.sandbox.internal.spend;

import ai.paybond.kit.sandbox.SandboxRoute;
import ai.paybond.kit.sandbox.internal.http.Caller;
import ai.paybond.kit.sandbox.internal.http.Page;
import ai.paybond.kit.sandbox.internal.http.Reply;
import ai.paybond.kit.sandbox.internal.http.Request;
import ai.paybond.kit.sandbox.internal.http.Route;
import ai.paybond.kit.sandbox.internal.store.DecisionRow;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.sandbox.internal.store.SpendStore;
import ai.paybond.kit.sandbox.internal.store.VerificationRow;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A tenant's spend controls as its operators see them: the policy, what was decided, and what is held. */
public final class SpendAdminEndpoints {
    private static final String BASE = "/v1/admin/spend-controls/";

    private final SpendPolicies policies;
    private final SpendStore spend;
    private final Clock clock;

    public SpendAdminEndpoints(SpendPolicies policies, SpendStore spend, Clock clock) {
        this.policies = policies;
        this.spend = spend;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.gateway(SandboxRoute.SPEND_ADMIN, "GET", BASE + "policy", this::policy),
                Route.gateway(SandboxRoute.SPEND_ADMIN, "PUT", BASE + "policy", this::replace),
                Route.gateway(SandboxRoute.SPEND_ADMIN, "GET", BASE + "decisions", this::decisions),
                Route.gateway(SandboxRoute.SPEND_ADMIN, "GET", BASE + "reservations", this::reservations));
    }

    private Reply policy(Request request, Caller caller, Session session) {
        caller.requireOperator();
        boolean configured = policies.isConfigured(session, caller.tenantId());
        return Reply.ok(view(caller, policies.of(session, caller.tenantId()), configured));
    }

    private Reply replace(Request request, Caller caller, Session session) {
        caller.requireAdmin();
        return Reply.ok(view(caller, policies.replace(session, caller.tenantId(), request.json()), true));
    }

    private static JsonObject view(Caller caller, SpendPolicy policy, boolean configured) {
        return JsonObject.builder()
                .put("tenant_id", caller.tenantId())
                .put("source", "sandbox")
                .put("configured", configured)
                .putAll(policy.toJson())
                .build();
    }

    private Reply decisions(Request request, Caller caller, Session session) {
        caller.requireOperator();
        Page page = Page.of(request);
        List<VerificationRow> rows = spend.verifications(session, caller.tenantId(), page.offset(), page.limit());
        return Reply.ok(page.reply(caller.tenantId(), rows, SpendAdminEndpoints::decision));
    }

    private static JsonObject decision(VerificationRow row) {
        return JsonObject.builder()
                .put("audit_id", row.auditId().toString())
                .put("decision_id", text(row.decisionId()))
                .put("intent_id", row.intentId())
                .put("operation", row.operation())
                .put("requested_spend_cents", row.spendCents())
                .put("outcome", outcome(row))
                .put("code", row.code())
                .put("tool_call_id", row.toolCallId())
                .put("context", JsonObject.parse(row.context()))
                .put("decided_at", DateTimeFormatter.ISO_INSTANT.format(row.at()))
                .build();
    }

    private static String outcome(VerificationRow row) {
        if (row.allow()) {
            return "allow";
        }
        return "approval_required".equals(row.code()) ? "approval_required" : "deny";
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }

    private Reply reservations(Request request, Caller caller, Session session) {
        caller.requireOperator();
        Page page = Page.of(request);
        List<DecisionRow> rows = spend.decisions(session, caller.tenantId(), page.offset(), page.limit());
        return Reply.ok(page.reply(caller.tenantId(), rows, this::reservation));
    }

    private JsonObject reservation(DecisionRow row) {
        return JsonObject.builder()
                .put("decision_id", row.decisionId().toString())
                .put("intent_id", row.intentId())
                .put("operation", row.operation())
                .put("amount_cents", row.spendCents())
                .put("status", status(row))
                .put("reserved_at", DateTimeFormatter.ISO_INSTANT.format(row.reservedAt()))
                .put("expires_at", DateTimeFormatter.ISO_INSTANT.format(row.expiresAt()))
                .build();
    }

    private String status(DecisionRow row) {
        if (!row.status().equals("reserved")) {
            return row.status();
        }
        return clock.instant().isBefore(row.expiresAt()) ? "active" : "expired";
    }
}
