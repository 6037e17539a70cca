package ai.paybond.kit.policy;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.paybond.kit.internal.yaml.RejectedYamlException;
import ai.paybond.kit.internal.yaml.YamlReader;
import ai.paybond.kit.wire.json.JsonObject;

/** Policies to alter in one place. */
final class PolicyTexts {
    static final String TRAVEL = """
            version: 1
            name: travel-agent-v1
            default_deny: true
            tools:
              travel.book_hotel:
                side_effecting: true
                max_spend_cents: 20000
                evidence_preset: cost_and_completion
              search.web:
                side_effecting: false
            intent:
              policy_binding:
                template_id: completion_budget_v1
                version_seq: 3
              budget:
                currency: usd
                max_spend_usd: 200
                cost_center: travel
              allowed_tools: [travel.book_hotel]
            adapter:
              deny_provider_executed_tools: true
            """;

    private PolicyTexts() {}

    /** The travel policy with one text replaced; fails when it does not stand in it. */
    static String altered(String old, String replacement) {
        if (!TRAVEL.contains(old)) {
            throw new IllegalArgumentException("no such text: " + old);
        }
        return TRAVEL.replace(old, replacement);
    }

    static Policy alteredPolicy(String old, String replacement) {
        return PolicyParser.standard().acceptingOpenDefault().parse(altered(old, replacement));
    }

    static JsonObject json(String yaml) {
        try {
            return (JsonObject) YamlReader.read(yaml, 32).root();
        } catch (RejectedYamlException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static PolicyException refusal(String text) {
        return catchThrowableOfType(PolicyException.class, () -> Policy.parse(text));
    }
}
