package ai.paybond.kit.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.evidence.EvidenceMapping.Mapped;
import ai.paybond.kit.evidence.EvidenceMapping.Unmapped;
import ai.paybond.kit.wire.completion.CompletionCatalog;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A preset's evidence holds what its schema names: no card, no passport, no invention. */
class PresetProjectionTest {

    @Test
    void copiesWhatTheSchemaNamesAndNothingElse() {
        Map<String, Object> result = Map.of("status", "completed", "cost_cents", 18_700, "card", "4111");
        assertThat(map("cost_and_completion", result))
                .isEqualTo(mapped("{\"status\":\"completed\",\"cost_cents\":18700}"));
    }

    @Test
    void renamesAVendorsMembers() {
        String result = "{\"charge_id\":\"ch_1\",\"http_status\":200,\"response_digest\":\"d\",\"mandate_id\":\"m\"}";
        assertThat(map("stripe_charge", result))
                .isEqualTo(mapped("{\"vendor_ref_id\":\"ch_1\",\"http_status\":200,\"response_digest\":\"d\"}"));
    }

    @Test
    void takesCanonicalNamesFromAVendorPackToo() {
        String result = "{\"vendor_ref_id\":\"ch_1\",\"http_status\":200,\"response_digest\":\"d\"}";
        assertThat(map("stripe_charge", result)).isEqualTo(mapped(result));
    }

    @Test
    void putsTheOneDigestOfAVendorIntoTheListOfTheSchema() {
        String result = "{\"receipt_digest\":\"aa\",\"resource_url\":\"https://x.example\",\"operation\":\"attested\"}";
        assertThat(map("x402_delivery_receipt", result))
                .isEqualTo(mapped("{\"artifact_blake3_hex\":[\"aa\"],\"vendor_ref_id\":\"https://x.example\","
                        + "\"operation\":\"attested\"}"));
    }

    @Test
    void copiesOptionalMembersWhereTheyAre() {
        assertThat(map("sandbox_permissive", "{\"charged_cents\":5,\"card\":\"4111\"}"))
                .isEqualTo(mapped("{\"charged_cents\":5}"));
        assertThat(map("sandbox_permissive", "{}")).isEqualTo(mapped("{}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cost_and_completion | FAILED: card declined | result.not_json",
                "cost_and_completion | [] | result.not_an_object",
                "cost_and_completion | | result.missing",
                "cost_and_completion | '{\"status\":\"completed\"}' | result.member_missing",
                "cost_and_completion | '{\"status\":\"completed\",\"cost_cents\":\"10\"}' | result.schema_mismatch",
                "cost_and_completion | '{\"status\":\"completed\",\"cost_cents\":10.5}' | result.schema_mismatch",
                "cost_and_completion | '{\"status\":null,\"cost_cents\":10}' | result.schema_mismatch",
                "sandbox_permissive | '{\"charged_cents\":\"5\"}' | result.schema_mismatch",
                "sandbox_permissive | done | result.not_json",
                "stripe_charge | '{\"http_status\":200,\"response_digest\":\"d\"}' | result.member_missing",
                "stripe_charge | '{\"charge_id\":7,\"http_status\":200,\"response_digest\":\"d\"}' | result.schema_mismatch",
            })
    void inventsNothing(String preset, @Nullable String result, String reason) {
        assertThat(map(preset, result)).isEqualTo(new Unmapped(reason));
    }

    private static EvidenceMapping map(String preset, @Nullable Object result) {
        EvidenceMapper mapper =
                EvidenceMapper.preset(CompletionCatalog.bundled().find(preset).orElseThrow());
        return mapper.map(JsonObject.builder().build(), result);
    }

    private static Mapped mapped(String json) {
        return new Mapped(JsonObject.parse(json));
    }
}
