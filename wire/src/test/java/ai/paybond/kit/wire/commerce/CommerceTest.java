package ai.paybond.kit.wire.commerce;

import static ai.paybond.kit.wire.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.wire.Fingerprints;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.policy.PolicyDigest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommerceTest {
    private static final CommerceBinding BINDING = new CommerceBinding("t1", "i1");

    @Test
    void neverRebindsAPurchase() {
        assertRefused("commerce.collision", () -> BINDING.toStripe(Map.of("tenant_id", "t2")));
        assertRefused(
                "commerce.collision",
                () -> BINDING.toShopify(List.of(new CommerceBinding.NoteAttribute("paybond_intent_id", "i2"))));
        assertThat(BINDING.toStripe(Map.of("tenant_id", "t1"))).containsEntry("paybond_intent_id", "i1");
    }

    @Test
    void refusesBlankBindings() {
        assertRefused("commerce.tenant_id", () -> new CommerceBinding(" ", "i"));
        assertRefused("commerce.intent_id", () -> new CommerceBinding("t", ""));
    }

    @Test
    void refusesAChargeWithoutIdOrAmount() {
        assertRefused("stripe.charge_id", () -> StripeCharge.of(JsonObject.parse("{\"amount\":1}")));
        assertRefused("stripe.amount", () -> StripeCharge.of(JsonObject.parse("{\"id\":\"ch_1\",\"amount\":1.5}")));
    }

    @Test
    void aFailedChargeIsNoProofOfPayment() {
        StripeCharge failed = StripeCharge.of(JsonObject.parse("{\"id\":\"ch_1\",\"amount\":5,\"status\":\"failed\"}"));

        assertThat(failed.evidence().integer("http_status")).contains(402L);
    }

    @Test
    void aPolicyDigestDoesNotCoverTheAdapter() {
        String document =
                "{\"version\":1,\"name\":\"p\",\"default_deny\":true,\"tools\":{\"a\":{\"side_effecting\":true}}";
        PolicyDigest plain = PolicyDigest.of(JsonObject.parse(document + "}"));
        PolicyDigest adapted = PolicyDigest.of(JsonObject.parse(document + ",\"adapter\":{\"x\":1}}"));
        PolicyDigest loosened = PolicyDigest.of(JsonObject.parse((document + "}").replace("true", "false")));

        assertThat(adapted.text()).isEqualTo(plain.text());
        assertThat(loosened.text()).isNotEqualTo(plain.text());
        assertRefused(
                "canonical.index_key",
                () -> PolicyDigest.of(JsonObject.parse("{\"tools\":{\"1\":{\"side_effecting\":true}}}")));
    }

    @Test
    void cacheKeysKeepTheirPartsApart() {
        assertThat(Fingerprints.runtimeCacheKey("a", "b", "c"))
                .isNotEqualTo(Fingerprints.runtimeCacheKey("a", "bc", ""));
    }
}
