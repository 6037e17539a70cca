package ai.paybond.kit.sandbox.internal.intent;

import ai.paybond.kit.sandbox.SandboxRoute;
import ai.paybond.kit.sandbox.internal.http.ApiException;
import ai.paybond.kit.sandbox.internal.http.Caller;
import ai.paybond.kit.sandbox.internal.http.Members;
import ai.paybond.kit.sandbox.internal.http.Reply;
import ai.paybond.kit.sandbox.internal.http.Request;
import ai.paybond.kit.sandbox.internal.http.Route;
import ai.paybond.kit.sandbox.internal.http.Scope;
import ai.paybond.kit.sandbox.internal.store.IntentRow;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.sandbox.internal.store.TenantRow;
import ai.paybond.kit.sandbox.internal.store.TenantStore;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.evidence.EvidenceStatement;
import ai.paybond.kit.wire.evidence.EvidenceVersion;
import ai.paybond.kit.wire.intent.IntentStatement;
import ai.paybond.kit.wire.intent.IntentVersion;
import ai.paybond.kit.wire.intent.SignedIntent;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/**
 * The short way round for a first try: the sandbox plays principal and payee with the tenant's own keys, and settles at
 * once. Everything else is enforced as on the long way.
 */
public final class GuardrailEndpoints {
    private static final Duration LIFE = Duration.ofHours(24);

    private final IntentServices services;
    private final TenantStore tenants;
    private final Clock clock;

    public GuardrailEndpoints(IntentServices services, TenantStore tenants, Clock clock) {
        this.services = services;
        this.tenants = tenants;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.gateway(
                                SandboxRoute.GUARDRAIL_BOOTSTRAP,
                                "POST",
                                "/v1/sandbox/guardrails/bootstrap",
                                this::bootstrap)
                        .scoped(Scope.SANDBOX_WRITE)
                        .refusingTenantHeader(),
                Route.gateway(
                                SandboxRoute.GUARDRAIL_EVIDENCE,
                                "POST",
                                "/v1/sandbox/guardrails/{id}/evidence",
                                this::evidence)
                        .scoped(Scope.SANDBOX_WRITE)
                        .refusingTenantHeader());
    }

    private Reply bootstrap(Request request, Caller caller, Session session) {
        requireSandbox(caller);
        GuardrailTerms terms = GuardrailTerms.of(new Members(request.json()), services.policies());
        SignedIntent signed = sign(terms, tenants.tenant(session, caller.tenantId()));
        IntentRow intent = services.creation().create(signed, request.bodyDigest(), session);
        return Reply.ok(JsonObject.builder()
                .put("tenant_id", caller.tenantId())
                .put("intent_id", intent.intentId())
                .put("capability_token", intent.capabilityToken())
                .put("operation", terms.operation())
                .put("requested_spend_cents", intent.amountCents())
                .put("currency", intent.currency())
                .put("sandbox_lifecycle_status", intent.state())
                .put("settlement_rail", intent.settlementRail())
                .put("settlement_mode", IntentViews.MODE)
                .put("simulator_event", event("funding_authorized"))
                .build());
    }

    private SignedIntent sign(GuardrailTerms terms, TenantRow tenant) {
        SigningKey payee = SigningKey.fromSeedHex(tenant.payeeSeed());
        try {
            return IntentStatement.builder()
                    .tenantId(tenant.tenantId())
                    .intentId(UUID.randomUUID().toString())
                    .principalDid(did(tenant, "principal"))
                    .payeeDid(did(tenant, "payee"))
                    .payeeKey(payee.publicKey())
                    .amountCents(terms.spendCents())
                    .currency(terms.currency())
                    .deadline(now(LIFE))
                    .budget(JsonObject.builder()
                            .put("currency", terms.currency())
                            .build())
                    .evidenceSchema(terms.schema())
                    .predicate(terms.predicate())
                    .allowedTools(List.of(terms.operation()))
                    .settlementRail("stripe_connect")
                    .build()
                    .sign(SigningKey.fromSeedHex(tenant.principalSeed()), IntentVersion.V6);
        } catch (WireException e) {
            throw ApiException.invalid("The guardrail's terms cannot be signed (" + e.code() + ").");
        }
    }

    private Reply evidence(Request request, Caller caller, Session session) {
        requireSandbox(caller);
        String id = request.uuidParameter("id");
        IntentRow intent = find(id, caller, session);
        Members members = new Members(request.json());
        JsonObject accepted = submit(intent, id, members, Submission.of(request, caller), session);
        services.settlement().confirm(find(id, caller, session), id, session);
        IntentRow settled = find(id, caller, session);
        return Reply.ok(JsonObject.builder()
                .put("tenant_id", caller.tenantId())
                .put("intent_id", id)
                .put("operation", members.optionalText("operation").orElseGet(() -> IntentRules.allowedTools(settled)
                        .get(0)))
                .put(
                        "requested_spend_cents",
                        members.optionalInteger("requested_spend_cents").orElse(settled.amountCents()))
                .put("currency", settled.currency())
                .put("sandbox_lifecycle_status", settled.state())
                .put("settlement_rail", settled.settlementRail())
                .put("settlement_mode", IntentViews.MODE)
                .put("predicate_passed", settled.predicatePassed())
                .put("payload_digest", accepted.get("payload_digest"))
                .put("artifacts_digest", accepted.get("artifacts_digest"))
                .put("schema_validation", schemaValidation())
                .putIfPresent("agent_receipt", accepted.get("agent_receipt"))
                .put("simulator_event", event(settled.state()))
                .build());
    }

    private JsonObject submit(IntentRow intent, String id, Members members, Submission submission, Session session) {
        try {
            JsonObject body = sign(intent, id, members, tenants.tenant(session, intent.tenantId()));
            return services.evidence().submit(intent, id, body, submission, session);
        } catch (WireException e) {
            throw ApiException.invalid("The payload or its artifacts cannot be signed (" + e.code() + ").");
        } catch (ApiException e) {
            throw rejected(e);
        }
    }

    private JsonObject sign(IntentRow intent, String id, Members members, TenantRow tenant) {
        JsonObject payload = members.optionalObject("payload")
                .or(() -> members.optionalObject("vendor_payload"))
                .orElseGet(() -> JsonObject.builder().build());
        return new EvidenceStatement(
                        intent.tenantId(),
                        id,
                        intent.payeeDid(),
                        payload,
                        members.texts("artifacts"),
                        now(Duration.ZERO))
                .sign(SigningKey.fromSeedHex(tenant.payeeSeed()), EvidenceVersion.V2)
                .body();
    }

    /** The opening words are how the TypeScript command recognises this error. */
    private static ApiException rejected(ApiException e) {
        return ApiException.nested(
                e.status(),
                JsonObject.builder()
                        .put("code", "harbor_evidence_failed")
                        .put("message", "sandbox guardrail Harbor evidence rejected: " + e.getMessage())
                        .put("harbor_status", e.status())
                        .put("harbor_code", e.status() == 422 ? "predicate_error" : e.code())
                        .build());
    }

    private IntentRow find(String id, Caller caller, Session session) {
        return services.intents()
                .find(session, caller.tenantId(), Request.stored(id))
                .orElseThrow(ApiException::notFound);
    }

    private static void requireSandbox(Caller caller) {
        if (!caller.isSandbox()) {
            throw ApiException.nested(403, "sandbox_only", "Only sandbox credentials may use the guardrail sandbox.");
        }
    }

    /** Evidence that breaks its schema was refused before, so what gets here conforms. */
    private static JsonObject schemaValidation() {
        return JsonObject.builder()
                .put("vendor_schema_ok", true)
                .put("canonical_schema_ok", true)
                .put("quality_fields_missing", List.of())
                .put("pack_stale", false)
                .put("drift_kinds", List.of())
                .build();
    }

    private static JsonObject event(String type) {
        return JsonObject.builder().put("type", type).build();
    }

    private String now(Duration later) {
        Instant at = clock.instant().plus(later).truncatedTo(ChronoUnit.SECONDS);
        return DateTimeFormatter.ISO_INSTANT.format(at);
    }

    private static String did(TenantRow tenant, String role) {
        return "did:web:" + tenant.tenantId() + ".example:" + role;
    }
}
