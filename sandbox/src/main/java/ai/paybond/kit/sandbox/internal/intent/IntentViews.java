package ai.paybond.kit.sandbox.internal.intent;

import ai.paybond.kit.sandbox.internal.store.IntentRow;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Intents as replies show them. {@code id} is the intent's id as the caller wrote it, because clients compare it. */
final class IntentViews {
    static final String MODE = "simulated";

    private IntentViews() {}

    static JsonObject created(IntentRow intent, String id) {
        return JsonObject.builder()
                .putAll(head(intent, id))
                .put("funded", IntentState.FUNDED.isStateOf(intent))
                .putIfPresent("capability_token", intent.capabilityToken())
                .put("settlement_rail", intent.settlementRail())
                .put("settlement_mode", MODE)
                .put("currency", intent.currency())
                .put("amount_cents", intent.amountCents())
                .put("deadline", intent.deadline())
                .build();
    }

    static JsonObject funding(IntentRow intent, String id) {
        return JsonObject.builder()
                .putAll(head(intent, id))
                .put("settlement_rail", intent.settlementRail())
                .put("currency", intent.currency())
                .put("amount_cents", intent.amountCents())
                .put("funded", IntentState.FUNDED.isStateOf(intent))
                .putIfPresent("capability_token", intent.capabilityToken())
                .put("funding", FundingRail.of(intent).describe(intent, id))
                .build();
    }

    static JsonObject settled(IntentRow intent, String id, IntentState state, String action) {
        return JsonObject.builder()
                .put("intent_id", id)
                .put("tenant", intent.tenantId())
                .put("state", state.text())
                .put("action", action)
                .put("settlement_mode", MODE)
                .put("predicate_passed", intent.predicatePassed())
                .build();
    }

    static JsonObject detail(IntentRow intent, String id) {
        return JsonObject.builder()
                .put("tenant_id", intent.tenantId())
                .put("intent_id", id)
                .put("state", intent.state())
                .put("status", intent.state())
                .put("allowed_tools", IntentRules.allowedTools(intent))
                .put("amount_cents", intent.amountCents())
                .put("currency", intent.currency())
                .put("settlement_rail", intent.settlementRail())
                .put("principal_did", intent.principalDid())
                .put("payee_did", intent.payeeDid())
                .put("deadline", intent.deadline())
                .put("predicate_passed", intent.predicatePassed())
                .put(
                        "created_at",
                        DateTimeFormatter.ISO_INSTANT.format(intent.createdAt().truncatedTo(ChronoUnit.SECONDS)))
                .build();
    }

    private static JsonObject head(IntentRow intent, String id) {
        return JsonObject.builder()
                .put("intent_id", id)
                .put("tenant", intent.tenantId())
                .put("state", intent.state())
                .build();
    }
}
