package ai.paybond.kit.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.evidence.EvidenceMapping.Mapped;
import ai.paybond.kit.evidence.EvidenceMapping.Unmapped;
import ai.paybond.kit.wire.completion.CompletionCatalog;
import ai.paybond.kit.wire.completion.CompletionPreset;
import ai.paybond.kit.wire.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That money moved proves no delivery; that a result has a member called data proves no webhook. */
class FundingEventTest {
    private static final JsonObject NO_ARGUMENTS = JsonObject.builder().build();
    private static final String DONE = "{\"status\":\"completed\",\"cost_cents\":10";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"object\":\"event\"",
                "\"type\":\"payment_intent.succeeded\"",
                "\"type\":\"charge.succeeded\"",
                "\"event_type\":\"payout.paid\"",
                "\"event_type\":\"mandate.updated\"",
                "\"id\":\"evt_1\",\"type\":\"invoice.paid\"",
                "\"pending_webhooks\":1,\"type\":\"invoice.paid\"",
            })
    void refusesTheEventOfAPaymentProcessor(String members) {
        assertThat(map("cost_and_completion", DONE + "," + members + "}"))
                .isEqualTo(new Unmapped("result.funding_event"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"data\":{\"object\":{\"id\":\"room\"}}",
                "\"type\":\"hotel\",\"data\":{\"object\":{}}",
                "\"id\":\"evt_hall_7\"",
                "\"type\":\"payment_intents\"",
                "\"object\":\"booking\"",
                "\"type\":7,\"pending_webhooks\":1",
            })
    void takesAResultThatOnlyLooksALittleLikeOne(String members) {
        assertThat(map("cost_and_completion", DONE + "," + members + "}"))
                .isEqualTo(new Mapped(JsonObject.parse(DONE + "}")));
    }

    @Test
    void refusesAFundingEventAsAWebhooksConfirmation() {
        String event = "{\"webhook_event_id\":\"w-1\",\"payload_digest\":\"d\",\"event_type\":\"%s\"}";
        assertThat(map("webhook_confirmed", event.formatted("charge.succeeded")))
                .isEqualTo(new Unmapped("result.funding_event"));
        assertThat(map("webhook_confirmed", event.formatted("payment.succeeded")))
                .isInstanceOf(Mapped.class);
    }

    @Test
    void refusesOneThatAHandwrittenMapperLetsThrough() {
        JsonObject payload = JsonObject.parse(
                "{\"webhook_event_id\":\"w-1\",\"payload_digest\":\"d\",\"event_type\":\"charge.succeeded\"}");
        assertThat(EvidenceMapper.of(result -> payload)
                        .within(preset("webhook_confirmed"))
                        .map(NO_ARGUMENTS, "any"))
                .isEqualTo(new Unmapped("result.funding_event"));
    }

    private static EvidenceMapping map(String preset, String result) {
        return EvidenceMapper.preset(preset(preset)).map(NO_ARGUMENTS, result);
    }

    private static CompletionPreset preset(String id) {
        return CompletionCatalog.bundled().find(id).orElseThrow();
    }
}
