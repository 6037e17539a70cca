package ai.paybond.kit.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.paybond.kit.evidence.EvidenceMapping.Mapped;
import ai.paybond.kit.evidence.EvidenceMapping.Unmapped;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EvidenceMapperTest {
    private static final JsonObject NO_ARGUMENTS = JsonObject.builder().build();
    private final EvidenceMapper status = EvidenceMapper.members("status", "cost_cents");

    public record Booking(String status, long cost_cents, String card) {}

    private record HiddenBooking(String status, int cost_cents) {}

    public record BrokenBooking(String status, int cost_cents) {
        @Override
        public int cost_cents() {
            throw new IllegalStateException("lazy");
        }
    }

    static Stream<Object> objects() {
        return Stream.of(
                Map.of("status", "booked", "cost_cents", 10, "card", "4111"),
                JsonObject.parse("{\"card\":\"4111\",\"cost_cents\":10,\"status\":\"booked\"}"),
                "{\"status\":\"booked\",\"cost_cents\":10,\"card\":\"4111\"}",
                new StringBuilder("{\"status\":\"booked\",\"cost_cents\":10}"),
                new JsonString("{\"status\":\"booked\",\"cost_cents\":10}"),
                new Booking("booked", 10, "4111"),
                new HiddenBooking("booked", 10));
    }

    @ParameterizedTest
    @MethodSource("objects")
    void projectsTheNamedMembersAndNothingElse(Object result) {
        assertThat(status.map(NO_ARGUMENTS, result))
                .isEqualTo(new Mapped(JsonObject.parse("{\"status\":\"booked\",\"cost_cents\":10}")));
    }

    static Stream<Arguments> results() {
        Map<Object, Object> keyed = new HashMap<>();
        keyed.put(1, "booked");
        return Stream.of(
                Arguments.of(null, "result.missing"),
                Arguments.of("FAILED: card declined", "result.not_json"),
                Arguments.of("", "result.not_json"),
                Arguments.of("{\"status\":\"booked\",\"status\":\"failed\",\"cost_cents\":1}", "result.not_json"),
                Arguments.of("[]", "result.not_an_object"),
                Arguments.of("\"booked\"", "result.not_an_object"),
                Arguments.of("null", "result.not_an_object"),
                Arguments.of("42", "result.not_an_object"),
                Arguments.of(42, "result.not_an_object"),
                Arguments.of(true, "result.not_an_object"),
                Arguments.of(List.of("booked"), "result.not_an_object"),
                Arguments.of(new String[] {"booked"}, "result.not_an_object"),
                Arguments.of(new Object(), "result.not_an_object"),
                Arguments.of(new BrokenBooking("booked", 1), "result.not_an_object"),
                Arguments.of(Map.of("status", "booked"), "result.member_missing"),
                Arguments.of(Map.of(), "result.member_missing"),
                Arguments.of(keyed, "result.member_missing"),
                Arguments.of(Map.of("status", new Object(), "cost_cents", 1), "result.not_representable"),
                Arguments.of(Map.of("status", Double.NaN, "cost_cents", 1), "result.not_representable"));
    }

    @ParameterizedTest
    @MethodSource("results")
    void leavesUnmappedWhatDoesNotSayIt(@Nullable Object result, String reason) {
        assertThat(status.map(NO_ARGUMENTS, result)).isEqualTo(new Unmapped(reason));
    }

    @Test
    void leavesUnmappedAStructureThatHoldsItself() {
        Map<String, Object> cyclic = new HashMap<>();
        cyclic.put("cost_cents", 1);
        cyclic.put("status", cyclic);
        assertThat(status.map(NO_ARGUMENTS, cyclic)).isEqualTo(new Unmapped("result.not_representable"));
    }

    @Test
    void doesNotLookInsideOurOwnJsonValues() {
        assertThat(EvidenceMapper.members("items").map(NO_ARGUMENTS, "[]"))
                .isEqualTo(new Unmapped("result.not_an_object"));
        assertThat(EvidenceMapper.members("text").map(NO_ARGUMENTS, "42"))
                .isEqualTo(new Unmapped("result.not_an_object"));
    }

    @Test
    void keepsANullThatTheResultNames() {
        Map<String, @Nullable Object> result = new HashMap<>();
        result.put("status", null);
        result.put("cost_cents", 1);
        assertThat(status.map(NO_ARGUMENTS, result))
                .isEqualTo(new Mapped(JsonObject.parse("{\"status\":null,\"cost_cents\":1}")));
    }

    @Test
    void mapsByAFunction() {
        EvidenceMapper mapper = EvidenceMapper.of(
                result -> "ok".equals(result) ? JsonObject.parse("{\"status\":\"completed\"}") : null);
        assertThat(mapper.map(NO_ARGUMENTS, "ok")).isInstanceOf(Mapped.class);
        assertThat(mapper.map(NO_ARGUMENTS, "FAILED")).isEqualTo(new Unmapped("mapper.no_payload"));
    }

    @Test
    void needsNames() {
        assertThatIllegalArgumentException().isThrownBy(EvidenceMapper::members);
        assertThatIllegalArgumentException().isThrownBy(() -> EvidenceMapper.members("status", " "));
        assertThatIllegalArgumentException().isThrownBy(() -> EvidenceMapper.members("status", "status"));
    }

    @Test
    void doesNotPrintThePayload() {
        assertThat(status.map(NO_ARGUMENTS, new Booking("booked", 10, "4111")).toString())
                .contains("status")
                .doesNotContain("booked");
    }

    @Test
    void namesThePayeeWithoutItsKey() {
        SigningKey key = SigningKey.fromSeedHex("11".repeat(32));
        assertThat(new PayeeIdentity("did:web:hotel.example", key).toString())
                .contains("did:web:hotel.example", key.publicKey().hex())
                .doesNotContain("11".repeat(32));
        assertThatIllegalArgumentException().isThrownBy(() -> new PayeeIdentity(" ", key));
    }
}
