package ai.paybond.kit.sandbox.internal.paegents;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonNumber;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Owners' policies, what waits for their approval, and what was spent. An approval is for exactly the request it was asked for. */
final class PolicyGate {
    private final World world;
    private final Map<String, JsonObject> policies = new LinkedHashMap<>();
    private final Map<String, Approval> approvals = new LinkedHashMap<>();
    private final Map<String, Long> spent = new LinkedHashMap<>();
    private final Map<String, JsonObject> limits = new LinkedHashMap<>();

    /** What an owner is asked. */
    private static final class Approval {
        final String id;
        final String agent;
        final String fingerprint;
        final long cents;
        final String reason;
        String status = "pending";

        Approval(String id, String agent, String fingerprint, long cents, String reason) {
            this.id = id;
            this.agent = agent;
            this.fingerprint = fingerprint;
            this.cents = cents;
            this.reason = reason;
        }

        JsonObject json() {
            return JsonObject.builder()
                    .put("id", id)
                    .put("agent_id", agent)
                    .put("status", status)
                    .put("amount_cents", cents)
                    .put("reason", reason)
                    .build();
        }
    }

    PolicyGate(World world) {
        this.world = world;
    }

    void mount(RouteTable routes) {
        routes.owner("GET", "/agents/{agent}/policies", this::policy);
        routes.owner("PUT", "/agents/{agent}/policies", this::update);
        routes.owner("GET", "/agents/{agent}/approvals", this::list);
        routes.owner("POST", "/agents/{agent}/approvals/{id}/approve", call -> decide(call, "approved"));
        routes.owner("POST", "/agents/{agent}/approvals/{id}/reject", call -> decide(call, "rejected"));
        routes.owner("GET", "/spending/limits", this::limits);
        routes.owner("PUT", "/spending/limits", this::setLimits);
        routes.agent("GET", "/mcp/balance/{agent}", this::balance);
    }

    /**
     * Judges a spend by the policy.
     *
     * @return the answer that the owner has to approve first, if so
     */
    Optional<JsonObject> check(String agent, String rail, long cents, JsonObject request) {
        requireAllowed(agent, rail, cents);
        long threshold = policyOf(agent)
                .object("approvals")
                .flatMap(part -> part.integer("threshold_cents"))
                .orElse(Long.MAX_VALUE);
        return cents < threshold ? Optional.empty() : approval(agent, cents, threshold, request);
    }

    /** Judges what needs nobody's word. */
    void requireAllowed(String agent, String rail, long cents) {
        JsonObject policy = policyOf(agent);
        List<String> rails = policy.object("rails")
                .flatMap(part -> part.array("allowed"))
                .flatMap(JsonArray::strings)
                .orElse(List.of(rail));
        if (!rails.contains(rail)) {
            throw Refusal.policy("rail_not_allowed");
        }
        long daily = policy.object("spending")
                .flatMap(part -> part.integer("daily_limit_cents"))
                .orElse(Long.MAX_VALUE);
        if (spentToday(agent) + cents > daily) {
            throw Refusal.policy("daily_limit");
        }
    }

    void spend(String agent, long cents) {
        spent.merge(agent + " " + today(), cents, Long::sum);
    }

    private Optional<JsonObject> approval(String agent, long cents, long threshold, JsonObject request) {
        String fingerprint = Digest32.sha256(request.toJson().getBytes(StandardCharsets.UTF_8))
                .hex();
        Approval asked = approvals.values().stream()
                .filter(found -> found.agent.equals(agent) && found.fingerprint.equals(fingerprint))
                .filter(found -> !found.status.equals("used"))
                .findFirst()
                .orElseGet(() -> ask(agent, fingerprint, cents, threshold));
        if (asked.status.equals("rejected")) {
            throw Refusal.policy("rejected_by_owner");
        }
        if (asked.status.equals("approved")) {
            asked.status = "used";
            return Optional.empty();
        }
        return Optional.of(answer(asked));
    }

    private Approval ask(String agent, String fingerprint, long cents, long threshold) {
        String reason = "approval_threshold:" + cents + ">=" + threshold;
        Approval asked = new Approval(world.newId("apr_"), agent, fingerprint, cents, reason);
        approvals.put(asked.id, asked);
        world.events.emit(agent, "approval.requested", asked.json());
        return asked;
    }

    private static JsonObject answer(Approval asked) {
        JsonObject policy = JsonObject.builder()
                .put("decision", "require_approval")
                .put("reason", asked.reason)
                .put("rule", "approvals.threshold_cents")
                .build();
        return JsonObject.builder()
                .put("approval_required", true)
                .put("request_id", asked.id)
                .put("policy", policy)
                .build();
    }

    private JsonValue policy(Call call) {
        String agent = call.ownAgent();
        return JsonObject.builder()
                .put("agent_id", agent)
                .put("policy", policyOf(agent))
                .build();
    }

    private JsonObject policyOf(String agent) {
        return policies.getOrDefault(agent, JsonObject.builder().build());
    }

    private JsonValue update(Call call) {
        policies.put(call.ownAgent(), call.body());
        return policy(call);
    }

    private JsonValue list(Call call) {
        String agent = call.ownAgent();
        String status = call.query().getOrDefault("status", "");
        return Events.wrapped(
                "approvals",
                approvals.values().stream()
                        .filter(asked -> asked.agent.equals(agent))
                        .filter(asked -> status.isEmpty() || asked.status.equals(status))
                        .limit(call.limit())
                        .map(Approval::json)
                        .toList());
    }

    private JsonValue decide(Call call, String status) {
        Approval asked = approvals.get(call.id());
        if (asked == null || !asked.agent.equals(call.ownAgent())) {
            throw Refusal.notFound();
        }
        Refusal.unless(asked.status.equals("pending"), 409, "already_decided", "The request was decided before.");
        asked.status = status;
        world.events.emit(asked.agent, "approval." + status, asked.json());
        return JsonObject.builder().put(status, true).build();
    }

    private JsonValue limits(Call call) {
        BigDecimal today = BigDecimal.valueOf(spentToday(call.agentId()), 2);
        return limits.getOrDefault(call.agentId(), JsonObject.builder().build())
                .with("current_daily_spent", number(today))
                .with("current_monthly_spent", number(today));
    }

    private JsonValue setLimits(Call call) {
        limits.put(call.agentId(), call.body());
        return limits(call);
    }

    private JsonValue balance(Call call) {
        JsonObject own =
                limits.getOrDefault(call.ownAgent(), JsonObject.builder().build());
        BigDecimal today = BigDecimal.valueOf(spentToday(call.agentId()), 2);
        JsonObject.Builder balance =
                JsonObject.builder().put("daily_spent", number(today)).put("monthly_spent", number(today));
        for (String span : List.of("daily", "monthly")) {
            if (own.get(span + "_limit") instanceof JsonNumber limit) {
                balance.put(span + "_limit", limit);
                balance.put(span + "_remaining", number(limit.bigDecimalValue().subtract(today)));
            }
        }
        return balance.build();
    }

    private static JsonNumber number(BigDecimal value) {
        return new JsonNumber(value.stripTrailingZeros().toPlainString());
    }

    private long spentToday(String agent) {
        return spent.getOrDefault(agent + " " + today(), 0L);
    }

    private LocalDate today() {
        return world.now().atZone(ZoneOffset.UTC).toLocalDate();
    }
}
