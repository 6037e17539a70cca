package ai.paybond.kit.sandbox.internal.spend;

import ai.paybond.kit.sandbox.SandboxRoute;
import ai.paybond.kit.sandbox.internal.capability.CapabilityVerifier;
import ai.paybond.kit.sandbox.internal.http.ApiException;
import ai.paybond.kit.sandbox.internal.http.Caller;
import ai.paybond.kit.sandbox.internal.http.Endpoint;
import ai.paybond.kit.sandbox.internal.http.Members;
import ai.paybond.kit.sandbox.internal.http.Reply;
import ai.paybond.kit.sandbox.internal.http.Request;
import ai.paybond.kit.sandbox.internal.http.Route;
import ai.paybond.kit.sandbox.internal.http.Scope;
import ai.paybond.kit.sandbox.internal.store.DecisionRow;
import ai.paybond.kit.sandbox.internal.store.IntentRow;
import ai.paybond.kit.sandbox.internal.store.IntentStore;
import ai.paybond.kit.sandbox.internal.store.RequestStore;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.sandbox.internal.store.SpendStore;
import ai.paybond.kit.sandbox.internal.store.VerificationRow;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /verify}, spend preflight, and the completion of a decision. */
public final class SpendEndpoints {
    private static final Duration RESERVED_FOR = Duration.ofMinutes(15);
    private static final Set<String> POLICY_CODES =
            Set.of("max_spend_exceeded", "daily_cap_exceeded", "approval_rejected");
    private static final Set<String> OUTCOMES = Set.of("consumed", "released");

    private final SpendAuthority authority;
    private final SpendPolicies policies;
    private final IntentStore intents;
    private final SpendStore spend;
    private final Clock clock;

    public SpendEndpoints(
            CapabilityVerifier capabilities,
            RequestStore requests,
            IntentStore intents,
            SpendStore spend,
            SpendPolicies policies,
            Approvals approvals,
            Clock clock) {
        this.authority = new SpendAuthority(
                capabilities, new HolderGate(requests, clock), intents, spend, policies, approvals, clock);
        this.policies = policies;
        this.intents = intents;
        this.spend = spend;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.harbor(SandboxRoute.VERIFY, "POST", "/verify", new Verification())
                        .scoped(Scope.SPEND_WRITE),
                Route.gateway(SandboxRoute.SPEND_PREFLIGHT, "POST", "/v1/spend/preflight", this::preflight)
                        .scoped(Scope.DISCOVERY_READ),
                Route.gateway(SandboxRoute.SPEND_COMPLETE, "POST", "/v1/spend/decisions/{id}/complete", this::complete)
                        .scoped(Scope.SPEND_WRITE));
    }

    /** An earlier answer is for the holder's ears only, whoever knows the request and its idempotency key. */
    private final class Verification implements Endpoint {
        @Override
        public Reply handle(Request http, Caller caller, Session session) {
            return verify(SpendRequest.verification(http), caller, session);
        }

        @Override
        public boolean mayHearAgain(Request http, Caller caller, Session session) {
            return authority.isProved(SpendRequest.verification(http), caller);
        }
    }

    private Reply verify(SpendRequest request, Caller caller, Session session) {
        SpendAnswer answer = authority.decide(request, caller, session);
        Optional<UUID> decision = answer instanceof SpendAnswer.Allowed && caller.usesApiKey()
                ? Optional.of(reserve(request, caller, session))
                : Optional.empty();
        UUID auditId = record(request, answer, decision, caller, session);
        JsonObject.Builder reply = JsonObject.builder()
                .put("allow", answer instanceof SpendAnswer.Allowed)
                .put("audit_id", auditId.toString())
                .put("tenant", caller.tenantId())
                .put("intent_id", request.intentId());
        describe(reply, request, answer, policies.of(session, caller.tenantId()).version());
        decision.ifPresent(id -> reply.put("decision_id", id.toString()));
        return isAboutProof(answer) ? Reply.ok(reply.build()).asPassing() : Reply.ok(reply.build());
    }

    /** What is wrong with a proof is of this attempt; the holder's answer must not be spoilt by it. */
    private static boolean isAboutProof(SpendAnswer answer) {
        return answer instanceof SpendAnswer.Denied denied && denied.code().startsWith("holder.");
    }

    private static void describe(
            JsonObject.Builder reply, SpendRequest request, SpendAnswer answer, long policyVersion) {
        if (answer instanceof SpendAnswer.Allowed allowed) {
            reply.put("code", null)
                    .put("message", null)
                    .put("policy_version", policyVersion)
                    .put("reason_codes", allowed.reasons())
                    .put("spend_scope", scope(request))
                    .put("remaining_cents", allowed.remainingCents());
        } else if (answer instanceof SpendAnswer.Denied denied) {
            reply.put("code", denied.code())
                    .put("message", denied.message())
                    .put("reason_codes", policyReason(denied.code()));
        } else if (answer instanceof SpendAnswer.Held held) {
            reply.put("code", "approval_required")
                    .put("message", "A person has to approve this spend.")
                    .put("approval_request_id", held.approvalId().toString())
                    .put("policy_version", policyVersion)
                    .put("reason_codes", held.reasons());
        }
    }

    /** The spend policy gives its reasons; what the capability itself does not cover needs none but its code. */
    private static List<String> policyReason(String code) {
        return POLICY_CODES.contains(code) ? List.of(code) : List.of();
    }

    private UUID reserve(SpendRequest request, Caller caller, Session session) {
        UUID decisionId = UUID.randomUUID();
        Instant now = clock.instant();
        spend.addDecision(
                session,
                new DecisionRow(
                        caller.tenantId(),
                        decisionId,
                        request.storedIntentId(),
                        request.operation(),
                        request.spendCents(),
                        "reserved",
                        now,
                        now.plus(RESERVED_FOR)));
        return decisionId;
    }

    private UUID record(
            SpendRequest request, SpendAnswer answer, Optional<UUID> decision, Caller caller, Session session) {
        UUID auditId = UUID.randomUUID();
        spend.addVerification(
                session,
                new VerificationRow(
                        caller.tenantId(),
                        auditId,
                        request.intentId(),
                        request.operation(),
                        request.spendCents(),
                        answer instanceof SpendAnswer.Allowed,
                        code(answer),
                        request.toolCallId().orElse(null),
                        decision.orElse(null),
                        request.vendorId().orElse(null),
                        request.recorded().toJson(),
                        clock.instant()));
        return auditId;
    }

    private static @Nullable String code(SpendAnswer answer) {
        if (answer instanceof SpendAnswer.Denied denied) {
            return denied.code();
        }
        return answer instanceof SpendAnswer.Held ? "approval_required" : null;
    }

    private Reply preflight(Request http, Caller caller, Session session) {
        SpendRequest request = SpendRequest.preflight(http.json());
        IntentRow intent = intents.find(session, caller.tenantId(), request.storedIntentId())
                .orElseThrow(ApiException::notFound);
        SpendAnswer answer = authority.preview(request, intent, session);
        String outcome = outcome(answer);
        return Reply.ok(JsonObject.builder()
                .put("classification", outcome)
                .put("outcome", outcome)
                .put("reason_codes", reasons(answer))
                .put("remaining_cents", authority.remaining(intent, session))
                .put("spend_scope", scope(request))
                .put("policy_version", policies.of(session, caller.tenantId()).version())
                .put("explanation", explanation(answer))
                .build());
    }

    private static String outcome(SpendAnswer answer) {
        if (answer instanceof SpendAnswer.Allowed) {
            return "allow";
        }
        return answer instanceof SpendAnswer.Held ? "approval_required" : "deny";
    }

    private static List<String> reasons(SpendAnswer answer) {
        if (answer instanceof SpendAnswer.Held held) {
            return held.reasons();
        }
        if (answer instanceof SpendAnswer.Allowed allowed) {
            return allowed.reasons();
        }
        return answer instanceof SpendAnswer.Denied denied ? List.of(denied.code()) : List.of();
    }

    private static String explanation(SpendAnswer answer) {
        if (answer instanceof SpendAnswer.Denied denied) {
            return denied.message();
        }
        return answer instanceof SpendAnswer.Held ? "A person has to approve this spend." : "Within budget.";
    }

    /**
     * Settles a decision. A reservation that ran out can still be consumed: the money is gone whether or not it was held.
     */
    private Reply complete(Request http, Caller caller, Session session) {
        UUID decisionId = UUID.fromString(http.uuidParameter("id"));
        String outcome = new Members(http.json()).text("outcome");
        if (!OUTCOMES.contains(outcome)) {
            throw ApiException.invalid("outcome must be consumed or released.");
        }
        DecisionRow decision =
                spend.decision(session, caller.tenantId(), decisionId).orElseThrow(ApiException::notFound);
        if (decision.status().equals("reserved")) {
            spend.setStatus(session, decision, outcome);
        } else if (!decision.status().equals(outcome)) {
            throw ApiException.nested(
                    409, "spend.decision.completed", "The decision was already " + decision.status() + ".");
        }
        return Reply.ok(JsonObject.builder()
                .put("decision_id", decisionId.toString())
                .put("outcome", outcome)
                .put("settlement_mode", "simulated")
                .build());
    }

    private static JsonObject scope(SpendRequest request) {
        return JsonObject.builder()
                .put("scope_type", "intent")
                .put("scope_key", request.intentId())
                .build();
    }
}
