package ai.paybond.kit.sandbox.internal.spend;

import ai.paybond.kit.sandbox.SandboxRoute;
import ai.paybond.kit.sandbox.internal.http.ApiException;
import ai.paybond.kit.sandbox.internal.http.Caller;
import ai.paybond.kit.sandbox.internal.http.Members;
import ai.paybond.kit.sandbox.internal.http.Page;
import ai.paybond.kit.sandbox.internal.http.Reply;
import ai.paybond.kit.sandbox.internal.http.Request;
import ai.paybond.kit.sandbox.internal.http.Route;
import ai.paybond.kit.sandbox.internal.store.ApprovalRow;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Approvals over HTTP: the agent polls for the answer, an operator gives it. The paths are ours: docs/decisions/0007. */
public final class ApprovalEndpoints {
    private static final String ADMIN = "/v1/admin/spend-controls/approvals";

    private final Approvals approvals;

    public ApprovalEndpoints(Approvals approvals) {
        this.approvals = approvals;
    }

    public List<Route> routes() {
        return List.of(
                Route.gateway(SandboxRoute.APPROVAL, "GET", "/v1/spend/approvals/{id}", this::poll),
                Route.gateway(SandboxRoute.APPROVAL_ADMIN, "GET", ADMIN, this::list),
                Route.gateway(SandboxRoute.APPROVAL_ADMIN, "GET", ADMIN + "/{id}", this::detail),
                Route.gateway(SandboxRoute.APPROVAL_ADMIN, "POST", ADMIN + "/{id}/approve", this::approve),
                Route.gateway(SandboxRoute.APPROVAL_ADMIN, "POST", ADMIN + "/{id}/reject", this::reject),
                Route.gateway(SandboxRoute.APPROVAL_ADMIN, "POST", ADMIN + "/{id}/expire", this::expire));
    }

    /** The token is shown to whoever may ask for the spend: it is worth nothing but that one spend. */
    private Reply poll(Request request, Caller caller, Session session) {
        ApprovalRow row = find(request, caller, session);
        JsonObject.Builder reply = counted(row, session);
        return Reply.ok(
                approvals.status(row).equals("approved")
                        ? reply.put("approval_token", row.token()).build()
                        : reply.build());
    }

    private Reply list(Request request, Caller caller, Session session) {
        caller.requireOperator();
        Page page = Page.of(request);
        return Reply.ok(page.reply(
                caller.tenantId(),
                approvals.store().page(session, caller.tenantId(), page.offset(), page.limit()),
                this::view));
    }

    private Reply detail(Request request, Caller caller, Session session) {
        ApprovalRow row = find(request, caller, session);
        caller.requireOperator();
        return Reply.ok(view(row));
    }

    private Reply approve(Request request, Caller caller, Session session) {
        ApprovalRow row = find(request, caller, session);
        caller.requireOperator();
        ApprovalRow approved = decided(() -> approvals.vote(session, row, caller.subject(), note(request)));
        return Reply.ok(counted(approved, session)
                .putIfPresent("approval_token", approved.token())
                .build());
    }

    private JsonObject.Builder counted(ApprovalRow row, Session session) {
        return JsonObject.builder()
                .putAll(view(row))
                .put("approvals_given", approvals.votes().given(session, row))
                .put("approvals_needed", approvals.votes().needed(session, row));
    }

    private Reply reject(Request request, Caller caller, Session session) {
        ApprovalRow row = find(request, caller, session);
        caller.requireOperator();
        return Reply.ok(view(decided(() -> approvals.reject(session, row, note(request)))));
    }

    private Reply expire(Request request, Caller caller, Session session) {
        ApprovalRow row = find(request, caller, session);
        caller.requireOperator();
        return Reply.ok(view(decided(() -> approvals.expire(session, row))));
    }

    private static ApprovalRow decided(Supplier<ApprovalRow> decision) {
        try {
            return decision.get();
        } catch (NotPendingException e) {
            throw ApiException.nested(409, "spend.approval.decided", "The approval is " + e.status() + ".");
        }
    }

    private static @Nullable String note(Request request) {
        return new Members(request.json()).optionalText("note").orElse(null);
    }

    private ApprovalRow find(Request request, Caller caller, Session session) {
        UUID id = UUID.fromString(request.uuidParameter("id"));
        return approvals.store().find(session, caller.tenantId(), id).orElseThrow(ApiException::notFound);
    }

    private JsonObject view(ApprovalRow row) {
        return JsonObject.builder()
                .put("tenant_id", row.tenantId())
                .put("approval_request_id", row.approvalId().toString())
                .put("status", approvals.status(row))
                .put("intent_id", row.intentId())
                .put("operation", row.operation())
                .put("requested_spend_cents", row.spendCents())
                .put("tool_call_id", row.toolCallId())
                .put("arguments_hash_hex", row.argumentsDigest())
                .put("reason_codes", List.of(row.reason().split(" ", -1)))
                .put("requested_at", text(row.requestedAt()))
                .put("expires_at", text(row.expiresAt()))
                .put("decided_at", text(row.decidedAt()))
                .put("note", row.note())
                .build();
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : DateTimeFormatter.ISO_INSTANT.format(at);
    }
}
