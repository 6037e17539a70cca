package ai.paybond.kit.sandbox.internal.intent;

import ai.paybond.kit.sandbox.internal.http.ApiException;
import ai.paybond.kit.sandbox.internal.http.Members;
import ai.paybond.kit.wire.completion.CompletionPreset;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Optional;

/** What a guardrail is bootstrapped for. Spend is in cents; without preset or template any evidence will do. */
record GuardrailTerms(String operation, long spendCents, String currency, JsonObject schema, JsonObject predicate) {

    static GuardrailTerms of(Members members, PolicyRegistry policies) {
        long spendCents = members.optionalInteger("requested_spend_cents").orElse(0L);
        if (spendCents < 0) {
            throw ApiException.invalid("requested_spend_cents must not be negative.");
        }
        String operation = members.text("operation");
        String currency = members.optionalText("currency").orElse("usd");
        Optional<CompletionPreset> preset =
                members.optionalText("completion_preset").map(policies::preset);
        if (preset.isPresent()) {
            refuseBesidePreset(members);
            return new GuardrailTerms(
                    operation,
                    spendCents,
                    currency,
                    preset.get().evidenceSchema(),
                    PolicyRegistry.predicate(preset.get()));
        }
        return new GuardrailTerms(operation, spendCents, currency, schema(members), predicate(members));
    }

    private static void refuseBesidePreset(Members members) {
        if (members.optionalText("template_id").isPresent()
                || members.optionalObject("evidence_schema").isPresent()) {
            throw ApiException.invalid("completion_preset cannot be used with template_id or evidence_schema.");
        }
    }

    private static JsonObject schema(Members members) {
        return members.optionalObject("evidence_schema")
                .orElseGet(() -> JsonObject.builder().put("type", "object").build());
    }

    private static JsonObject predicate(Members members) {
        PolicyTemplate template =
                members.optionalText("template_id").map(PolicyTemplate::of).orElse(PolicyTemplate.TRUE_V1);
        return template.materialise(members.optionalObject("parameters")
                .orElseGet(() -> JsonObject.builder().build()));
    }
}
