package ai.paybond.kit.sandbox.internal.signal;

import ai.paybond.kit.sandbox.SandboxRoute;
import ai.paybond.kit.sandbox.internal.http.ApiException;
import ai.paybond.kit.sandbox.internal.http.Caller;
import ai.paybond.kit.sandbox.internal.http.Members;
import ai.paybond.kit.sandbox.internal.http.Reply;
import ai.paybond.kit.sandbox.internal.http.Request;
import ai.paybond.kit.sandbox.internal.http.Route;
import ai.paybond.kit.sandbox.internal.http.Scope;
import ai.paybond.kit.sandbox.internal.store.IntentStore;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Assessments of operators, the queue of those to look at, and the gate that holds releases. */
public final class FraudEndpoints {
    private static final String SIGNAL_VERSION = "1.0.7";
    private static final String GATE = "/signal/v1/fraud/release-gate";
    private static final Map<String, Duration> WINDOWS =
            Map.of("24h", Duration.ofHours(24), "7d", Duration.ofDays(7), "30d", Duration.ofDays(30));
    private static final Set<String> SEVERITIES = Set.of("elevated", "high", "critical");

    private final Operators operators;
    private final Reviews reviews;
    private final Clock clock;

    public FraudEndpoints(IntentStore intents, Reviews reviews, Clock clock) {
        this.operators = new Operators(intents);
        this.reviews = reviews;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.gateway(SandboxRoute.FRAUD, "GET", "/signal/v1/operators/{did}/review-status", this::assessment)
                        .scoped(Scope.SIGNAL_READ),
                Route.gateway(SandboxRoute.FRAUD, "POST", "/signal/v1/operators/{did}/review-events", this::event),
                Route.gateway(SandboxRoute.FRAUD, "GET", "/signal/v1/review-queue", this::queue),
                Route.gateway(SandboxRoute.FRAUD, "GET", "/signal/v1/fraud/metrics", this::metrics)
                        .scoped(Scope.SIGNAL_READ),
                Route.gateway(SandboxRoute.FRAUD, "GET", GATE, this::gate),
                Route.gateway(SandboxRoute.FRAUD, "PUT", GATE, this::setGate));
    }

    private Reply assessment(Request request, Caller caller, Session session) {
        OperatorRecord operator = operators
                .find(session, caller.tenantId(), request.parameters().getOrDefault("did", ""))
                .orElseThrow(ApiException::notFound);
        return Reply.ok(JsonObject.builder()
                .putAll(head(request, caller))
                .putAll(view(operator, caller, session))
                .build());
    }

    private JsonObject view(OperatorRecord operator, Caller caller, Session session) {
        Reviews.Review review = reviews.of(session, caller.tenantId(), operator);
        return JsonObject.builder()
                .put("operator_did", operator.did())
                .put("review_state", review.state())
                .putIfPresent("review_outcome", review.outcome())
                .put("review_reasons", operator.reasonCodes())
                .put("fraud_signals", signals(operator))
                .put("fraud_assessment", assessment(operator))
                .put("release_gate", decision(operator, reviews.mode(session, caller.tenantId())))
                .build();
    }

    private static List<JsonObject> signals(OperatorRecord operator) {
        return operator.reasonCodes().stream()
                .filter(code -> !code.equals("NO_HISTORY"))
                .map(code -> JsonObject.builder()
                        .put("code", code)
                        .put("severity", "high")
                        .put("category", "manipulation")
                        .put("window", "30d")
                        .put("evidence_count", operator.refunded() + operator.disputed())
                        .put("summary", "Seen by the sandbox in the tenant's own intents.")
                        .put("affects_score", false)
                        .build())
                .toList();
    }

    private static JsonObject assessment(OperatorRecord operator) {
        String level = operator.isSuspicious() ? "high" : "none";
        return JsonObject.builder()
                .put("fraud_signal_version", SIGNAL_VERSION)
                .put("level", level)
                .put("highest_severity", level)
                .put("review_priority", operator.isSuspicious() ? "high" : "normal")
                .put("signal_count", signals(operator).size())
                .put("severe_signal_count", signals(operator).size())
                .put("summary", operator.isSuspicious() ? "Someone should look at this operator." : "Nothing found.")
                .build();
    }

    private static JsonObject decision(OperatorRecord operator, String mode) {
        boolean hold = mode.equals("critical_hold") && operator.isSuspicious();
        return JsonObject.builder()
                .put("mode", mode)
                .put("enforcement_enabled", mode.equals("critical_hold"))
                .put("metrics_reliable", true)
                .put("release_allowed", !hold)
                .put("hold_required", hold)
                .put("critical_signal_count", hold ? signals(operator).size() : 0)
                .put("critical_signal_codes", hold ? operator.reasonCodes() : List.of())
                .put("reasons", operator.reasonCodes())
                .put("summary", hold ? "Releases are held." : "Releases may go on.")
                .build();
    }

    private Reply event(Request request, Caller caller, Session session) {
        String did = request.parameters().getOrDefault("did", "");
        if (operators.find(session, caller.tenantId(), did).isEmpty()) {
            throw ApiException.notFound();
        }
        JsonObject recorded = reviews.record(session, caller.tenantId(), did, new Members(request.json()));
        boolean accepted = recorded.bool("accepted").orElse(false);
        return Reply.of(
                accepted ? 202 : 429,
                JsonObject.builder()
                        .putAll(head(request, caller))
                        .put("operator_did", did)
                        .putAll(recorded)
                        .build());
    }

    private Reply queue(Request request, Caller caller, Session session) {
        Map<String, String> query = request.query();
        String severity = query.getOrDefault("fraud_severity", "");
        if (!severity.isEmpty() && !SEVERITIES.contains(severity)) {
            throw ApiException.invalid("fraud_severity must be elevated, high or critical.");
        }
        String state = query.getOrDefault("state", "all");
        long limit = Math.min(500, Math.max(1, request.number("limit", 50)));
        List<JsonObject> items = operators.all(session, caller.tenantId()).stream()
                .filter(operator -> severity.isEmpty() || (severity.equals("high") && operator.isSuspicious()))
                .map(operator -> view(operator, caller, session).with("anomaly_flagged", operator.isSuspicious()))
                .filter(item -> !item.string("review_state").orElse("").equals("none"))
                .filter(item -> state.equals("all")
                        || item.string("review_state").orElse("").equals(state))
                .limit(limit)
                .toList();
        return Reply.ok(JsonObject.builder()
                .putAll(head(request, caller))
                .put("items", items)
                .build());
    }

    private Reply metrics(Request request, Caller caller, Session session) {
        String window = request.query().getOrDefault("window", "24h");
        Duration length = WINDOWS.get(window);
        if (length == null) {
            throw ApiException.invalid("window must be 24h, 7d or 30d.");
        }
        List<OperatorRecord> suspicious = operators.all(session, caller.tenantId()).stream()
                .filter(OperatorRecord::isSuspicious)
                .toList();
        Instant now = clock.instant();
        return Reply.ok(JsonObject.builder()
                .putAll(head(request, caller))
                .put("fraud_signal_version", SIGNAL_VERSION)
                .put("window", window)
                .put("window_started_at", text(now.minus(length)))
                .put("window_ended_at", text(now))
                .put("generated_at", text(now))
                .put("backtest_summary", "A sandbox has no history to test against.")
                .putAll(FraudCounts.of(suspicious, reviews.outcomes(session, caller.tenantId())))
                .build());
    }

    private Reply gate(Request request, Caller caller, Session session) {
        return Reply.ok(gateView(request, caller, reviews.mode(session, caller.tenantId())));
    }

    private Reply setGate(Request request, Caller caller, Session session) {
        caller.requireOperator();
        String mode = reviews.setMode(session, caller.tenantId(), new Members(request.json()).text("mode"));
        return Reply.of(202, gateView(request, caller, mode));
    }

    private JsonObject gateView(Request request, Caller caller, String mode) {
        return JsonObject.builder()
                .putAll(head(request, caller))
                .put("fraud_signal_version", SIGNAL_VERSION)
                .put("generated_at", text(clock.instant()))
                .put("config", JsonObject.builder().put("mode", mode).build())
                .put("metrics_reliability", FraudCounts.reliability())
                .build();
    }

    private static JsonObject head(Request request, Caller caller) {
        return JsonObject.builder()
                .put("schema_version", 1)
                .put("tenant_id", caller.tenantId())
                .put("score_model_version", SignalEndpoints.version(request))
                .build();
    }

    private static String text(Instant at) {
        return DateTimeFormatter.ISO_INSTANT.format(at);
    }
}
