package ai.paybond.kit.sandbox.internal.predicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.wire.json.JsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvidenceSchemaTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'type':'object'}; {}; true",
                "{'type':'object'}; []; false",
                "{'required':['a']}; {'a':null}; true",
                "{'required':['a']}; {}; false",
                "{'properties':{'n':{'type':'integer'}}}; {'n':1.0}; true",
                "{'properties':{'n':{'type':'integer'}}}; {'n':1.5}; false",
                "{'properties':{'n':{'maximum':5}}}; {'n':6}; false",
                "{'properties':{'s':{'pattern':'^a+$'}}}; {'s':'aaa'}; true",
                "{'properties':{'s':{'pattern':'^a+$'}}}; {'s':'b'}; false",
                "{'properties':{'s':{'enum':['x',1]}}}; {'s':1.0}; true",
                "{'properties':{'l':{'uniqueItems':true}}}; {'l':[1,1.0]}; false",
                "{'additionalProperties':false}; {'x':1}; false",
                "{'$defs':{'p':{'type':'string'}},'properties':{'a':{'$ref':'#/$defs/p'}}}; {'a':1}; false"
            })
    void judges(String schema, String payload, boolean valid) {
        assertThat(of(schema).firstViolation(json(payload)).isEmpty()).isEqualTo(valid);
    }

    @Test
    void namesWhereThePayloadBreaksTheSchema() {
        assertThat(of("{'properties':{'a':{'properties':{'b':{'type':'string'}}}}}")
                        .firstViolation(json("{'a':{'b':1}}"))
                        .orElseThrow())
                .containsExactly("a", "b");
    }

    @Test
    void doesNotBacktrack() {
        EvidenceSchema schema = of("{'properties':{'s':{'pattern':'^(a+)+$'}}}");

        assertThat(schema.firstViolation(json("{'s':'" + "a".repeat(5_000) + "!'}")))
                .isPresent();
    }

    @Test
    void stopsASchemaThatRefersToItself() {
        EvidenceSchema schema = of("{'$ref':'#'}");

        assertThatThrownBy(() -> schema.firstViolation(json("{}"))).isInstanceOf(PredicateException.class);
    }

    @Test
    void stopsASchemaThatDoublesItsWork() {
        StringBuilder defs = new StringBuilder("'d40':{'type':'object'}");
        for (int i = 0; i < 40; i++) {
            String next = "{'$ref':'#/$defs/d" + (i + 1) + "'}";
            defs.append(",'d")
                    .append(i)
                    .append("':{'allOf':[")
                    .append(next)
                    .append(",")
                    .append(next)
                    .append("]}");
        }
        EvidenceSchema schema = of("{'$defs':{" + defs + "},'$ref':'#/$defs/d0'}");

        assertThatThrownBy(() -> schema.firstViolation(json("{}"))).isInstanceOf(PredicateException.class);
    }

    @Test
    void doesNotCalculateWithAbsurdNumbers() {
        EvidenceSchema schema = of("{'properties':{'n':{'multipleOf':0.01}}}");

        assertThatThrownBy(() -> schema.firstViolation(json("{'n':1e999999999}")))
                .isInstanceOf(PredicateException.class);
    }

    @Test
    void fetchesNothing() {
        assertThatThrownBy(() -> of("{'$schema':'https://schemas.example/own'}"))
                .isInstanceOf(PredicateException.class);
    }

    @Test
    void boundsItsParts() {
        String many = "'x',".repeat(5_000) + "'y'";

        assertThatThrownBy(() -> of("{'enum':[" + many + "]}"))
                .isInstanceOf(PredicateException.class)
                .hasMessageContaining("too many parts");
    }

    private static EvidenceSchema of(String schema) {
        return EvidenceSchema.of(json(schema));
    }

    private static JsonValue json(String text) {
        return JsonValue.parse(text.replace('\'', '"'));
    }
}
