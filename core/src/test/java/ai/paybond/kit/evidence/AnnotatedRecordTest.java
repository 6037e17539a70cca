package ai.paybond.kit.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.paybond.kit.evidence.EvidenceMapping.Mapped;
import ai.paybond.kit.evidence.EvidenceMapping.Unmapped;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A record says what it proves; a record that cannot is refused when the tool is declared, not when it has run. */
class AnnotatedRecordTest {
    private static final JsonObject NO_ARGUMENTS = JsonObject.builder().build();

    @Evidence(preset = "cost_and_completion")
    private record Booking(
            @EvidenceField @Nullable String status,
            @EvidenceField("cost_cents") long price,
            String card) {}

    @Evidence(preset = "stripe_charge")
    private record Charge(
            @EvidenceField("charge_id") String id,
            @EvidenceField("http_status") int code,
            @EvidenceField("response_digest") String digest,
            String mandate_id) {}

    @Evidence(preset = "artifact_attested")
    private record Artifact(
            @EvidenceField("artifact_blake3_hex") List<String> hashes,
            @EvidenceField String operation,
            @EvidenceField("vendor_ref_id") String reference) {}

    private record Plain(@EvidenceField String status) {}

    @Evidence(preset = "hearsay")
    private record UnknownPreset(@EvidenceField String status) {}

    @Evidence(preset = "cost_and_completion")
    private record UnknownMember(
            @EvidenceField String status,
            @EvidenceField("cost_cents") long price,
            @EvidenceField String card) {}

    @Evidence(preset = "cost_and_completion")
    private record Incomplete(@EvidenceField String status) {}

    @Evidence(preset = "cost_and_completion")
    private record WrongType(
            @EvidenceField String status,
            @EvidenceField("cost_cents") String price) {}

    @Evidence(preset = "cost_and_completion")
    private record Twice(
            @EvidenceField String status,
            @EvidenceField("status") String state) {}

    @Evidence(preset = "stripe_charge")
    private record Forbidden(@EvidenceField("mandate_id") String mandate) {}

    @Evidence(preset = "sandbox_permissive")
    private record Empty(String status) {}

    @Test
    void sendsTheAnnotatedComponentsUnderTheirPresetsNames() {
        assertThat(EvidenceMapper.annotated(Booking.class).map(NO_ARGUMENTS, new Booking("completed", 18_700, "4111")))
                .isEqualTo(mapped("{\"status\":\"completed\",\"cost_cents\":18700}"));
    }

    @Test
    void renamesAVendorsMembers() {
        assertThat(EvidenceMapper.annotated(Charge.class).map(NO_ARGUMENTS, new Charge("ch_1", 200, "d", "m")))
                .isEqualTo(mapped("{\"vendor_ref_id\":\"ch_1\",\"http_status\":200,\"response_digest\":\"d\"}"));
    }

    @Test
    void sendsListsOfText() {
        assertThat(EvidenceMapper.annotated(Artifact.class)
                        .map(NO_ARGUMENTS, new Artifact(List.of("aa", "bb"), "attested", "r")))
                .isEqualTo(mapped("{\"artifact_blake3_hex\":[\"aa\",\"bb\"],\"operation\":\"attested\","
                        + "\"vendor_ref_id\":\"r\"}"));
    }

    @Test
    void readsTheTextThatAHostMadeOfTheRecord() {
        EvidenceMapper mapper = EvidenceMapper.annotated(Booking.class);
        Mapped expected = mapped("{\"status\":\"completed\",\"cost_cents\":5}");
        assertThat(mapper.map(NO_ARGUMENTS, "{\"status\":\"completed\",\"price\":5,\"card\":\"4111\"}"))
                .isEqualTo(expected);
        assertThat(mapper.map(NO_ARGUMENTS, Map.of("status", "completed", "price", 5)))
                .isEqualTo(expected);
    }

    @Test
    void saysNothingForAComponentThatIsNullOrAnotherResult() {
        EvidenceMapper mapper = EvidenceMapper.annotated(Booking.class);
        assertThat(mapper.map(NO_ARGUMENTS, new Booking(null, 5, "4111")))
                .isEqualTo(new Unmapped("result.member_missing"));
        assertThat(mapper.map(NO_ARGUMENTS, "{\"status\":null,\"price\":5}"))
                .isEqualTo(new Unmapped("result.member_missing"));
        assertThat(mapper.map(NO_ARGUMENTS, new Plain("completed"))).isEqualTo(new Unmapped("result.other_type"));
        assertThat(mapper.map(NO_ARGUMENTS, null)).isEqualTo(new Unmapped("result.missing"));
        assertThat(mapper.map(NO_ARGUMENTS, "booked")).isEqualTo(new Unmapped("result.not_json"));
        assertThat(mapper.map(NO_ARGUMENTS, List.of())).isEqualTo(new Unmapped("result.not_an_object"));
        assertThat(mapper.map(NO_ARGUMENTS, "{\"status\":\"completed\",\"price\":\"5\"}"))
                .isEqualTo(new Unmapped("result.schema_mismatch"));
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Plain.class,
                UnknownPreset.class,
                UnknownMember.class,
                Incomplete.class,
                WrongType.class,
                Twice.class,
                Forbidden.class,
                Empty.class
            })
    void refusesARecordThatCannotProveItsPreset(Class<? extends Record> type) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EvidenceMapper.annotated(type))
                .withMessageContaining(type.getSimpleName());
    }

    private static Mapped mapped(String json) {
        return new Mapped(JsonObject.parse(json));
    }
}
