package ai.paybond.kit.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.evidence.EvidenceMapping.Mapped;
import ai.paybond.kit.evidence.EvidenceMapping.Unmapped;
import ai.paybond.kit.wire.completion.CompletionCatalog;
import ai.paybond.kit.wire.completion.CompletionPreset;
import ai.paybond.kit.wire.completion.VendorContract;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every one of the 17 presets promises. */
class CatalogueEvidenceTest {
    private static final JsonObject NO_ARGUMENTS = JsonObject.builder().build();

    static Stream<CompletionPreset> presets() {
        return CompletionCatalog.bundled().presets().stream();
    }

    static Stream<CompletionPreset> demanding() {
        return presets().filter(preset -> preset.evidenceSchema().has("required"));
    }

    @Test
    void holdsEveryPreset() {
        assertThat(presets()).hasSize(17);
    }

    /** Why core needs no JSON Schema library; a catalogue that says more breaks this test and not the evidence. */
    @ParameterizedTest
    @MethodSource("presets")
    void saysNoMoreThanTheFlatCheckUnderstands(CompletionPreset preset) {
        List<JsonObject> schemas = new ArrayList<>(List.of(preset.evidenceSchema()));
        preset.vendor().map(VendorContract::schema).ifPresent(schemas::add);
        for (JsonObject schema : schemas) {
            assertThat(schema.members()).containsKey("properties");
            assertThat(schema.members().keySet()).isSubsetOf("type", "properties", "required");
            assertThat(schema.object("properties").orElseThrow().members().values())
                    .allSatisfy(property -> assertThat(property.toJson().replaceAll(",\"description\":\"[^\"]*\"", ""))
                            .isIn(
                                    "{\"type\":\"string\"}",
                                    "{\"type\":\"integer\"}",
                                    "{\"type\":\"array\",\"items\":{\"type\":\"string\"}}"));
        }
    }

    @ParameterizedTest
    @MethodSource("presets")
    void sendsDeclaredMembersAlone(CompletionPreset preset) {
        Map<String, Object> result = new HashMap<>(complete(preset));
        result.put("card_number", "4111111111111111");
        result.put("passport", Map.of("number", "X1"));
        preset.forbiddenFields().forEach(name -> result.putIfAbsent(name, "secret"));

        EvidenceMapping mapping = EvidenceMapper.preset(preset).map(NO_ARGUMENTS, result);

        assertThat(mapping).isInstanceOfSatisfying(Mapped.class, mapped -> {
            assertThat(mapped.payload().toJson()).doesNotContain("4111", "X1", "secret");
            assertThat(mapped.payload().members().keySet()).isSubsetOf(new PresetFit(preset).declared());
            assertThat(preset.drifts(mapped.payload())).isEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("demanding")
    void inventsNoMissingMember(CompletionPreset preset) {
        for (String name : complete(preset).keySet()) {
            Map<String, Object> result = new HashMap<>(complete(preset));
            result.remove(name);
            assertThat(EvidenceMapper.preset(preset).map(NO_ARGUMENTS, result))
                    .as(name)
                    .isEqualTo(new Unmapped("result.member_missing"));
        }
    }

    @ParameterizedTest
    @MethodSource("demanding")
    void takesNoMemberOfAnotherType(CompletionPreset preset) {
        for (String name : complete(preset).keySet()) {
            Map<String, Object> result = new HashMap<>(complete(preset));
            result.put(name, Map.of("card", "4111"));
            assertThat(EvidenceMapper.preset(preset).map(NO_ARGUMENTS, result))
                    .as(name)
                    .isEqualTo(new Unmapped("result.schema_mismatch"));
        }
    }

    @ParameterizedTest
    @MethodSource("presets")
    void saysNothingForAResultThatIsNoObject(CompletionPreset preset) {
        EvidenceMapper mapper = EvidenceMapper.preset(preset);
        assertThat(mapper.map(NO_ARGUMENTS, null)).isEqualTo(new Unmapped("result.missing"));
        assertThat(mapper.map(NO_ARGUMENTS, "FAILED: card declined")).isEqualTo(new Unmapped("result.not_json"));
        assertThat(mapper.map(NO_ARGUMENTS, List.of("completed"))).isEqualTo(new Unmapped("result.not_an_object"));
        assertThat(mapper.map(NO_ARGUMENTS, 10)).isEqualTo(new Unmapped("result.not_an_object"));
    }

    @ParameterizedTest
    @MethodSource("presets")
    void refusesForbiddenMembersOfAHandwrittenMapper(CompletionPreset preset) {
        for (String name : preset.forbiddenFields()) {
            JsonObject payload = canonical(preset).with(name, "pi_1");
            assertThat(EvidenceMapper.of(result -> payload).within(preset).map(NO_ARGUMENTS, "any"))
                    .isEqualTo(new Unmapped("result.forbidden_member"));
        }
    }

    @ParameterizedTest
    @MethodSource("presets")
    void dropsWhatAHandwrittenMapperSharesTooMuch(CompletionPreset preset) {
        JsonObject payload = canonical(preset);
        assertThat(EvidenceMapper.of(result -> payload.with("card_number", "4111"))
                        .within(preset)
                        .map(NO_ARGUMENTS, "any"))
                .isEqualTo(new Mapped(payload));
    }

    private static JsonObject canonical(CompletionPreset preset) {
        return ((Mapped) EvidenceMapper.preset(preset).map(NO_ARGUMENTS, complete(preset))).payload();
    }

    /** A result with everything that the vendor, or the schema, requires. */
    private static Map<String, Object> complete(CompletionPreset preset) {
        JsonObject schema = preset.vendor().map(VendorContract::schema).orElse(preset.evidenceSchema());
        JsonObject properties = schema.object("properties").orElseThrow();
        Map<String, Object> result = new HashMap<>();
        schema.array("required")
                .flatMap(JsonArray::strings)
                .orElse(List.of())
                .forEach(name -> result.put(
                        name,
                        value(properties
                                .object(name)
                                .orElseThrow()
                                .string("type")
                                .orElseThrow())));
        return result;
    }

    private static Object value(String type) {
        return switch (type) {
            case "integer" -> 200;
            case "array" -> List.of("aa");
            default -> "text";
        };
    }
}
