package ai.paybond.kit.springai;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.wire.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeclaredTypesTest {

    @ParameterizedTest(name = "{0} admits {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "integer | 8 | true",
                "integer | 8.0 | true",
                "integer | -8 | true",
                "integer | 8.9 | false",
                "integer | 1e400 | false",
                "integer | \"8\" | false",
                "integer | true | false",
                "INTEGER | 8.9 | false",
                "number | 8.9 | true",
                "number | \"8.9\" | false",
                "string | \"8\" | true",
                "string | 8 | false",
                "boolean | false | true",
                "boolean | \"false\" | false",
                "boolean | 0 | false",
                "array | [1] | true",
                "array | \"[1]\" | false",
                "object | {} | true",
                "object | \"{}\" | false",
                "integer | null | true",
                "null | 1 | false",
                "money | 1 | true"
            })
    void admitsOnlyWhatNoMapperHasToTurnIntoAnotherValue(String type, String value, boolean admitted) {
        String schema = "{\"type\":\"object\",\"properties\":{\"x\":{\"type\":\"" + type + "\"}}}";

        assertThat(admits(schema, "{\"x\":" + value + "}")).isEqualTo(admitted);
    }

    @Test
    void admitsAnyOfSeveralTypes() {
        String schema = "{\"properties\":{\"x\":{\"type\":[\"integer\",\"null\"]}}}";

        assertThat(admits(schema, "{\"x\":1}")).isTrue();
        assertThat(admits(schema, "{\"x\":null}")).isTrue();
        assertThat(admits(schema, "{\"x\":1.5}")).isFalse();
    }

    @Test
    void looksIntoObjectsAndArrays() {
        String schema = "{\"properties\":{\"lines\":{\"type\":\"array\",\"items\":"
                + "{\"type\":\"object\",\"properties\":{\"cents\":{\"type\":\"integer\"}}}}}}";

        assertThat(admits(schema, "{\"lines\":[{\"cents\":1},{\"cents\":2}]}")).isTrue();
        assertThat(admits(schema, "{\"lines\":[{\"cents\":1},{\"cents\":2.5}]}"))
                .isFalse();
    }

    @Test
    void followsLocalReferences() {
        String schema =
                "{\"$defs\":{\"a/b\":{\"type\":\"integer\"}}," + "\"properties\":{\"x\":{\"$ref\":\"#/$defs/a~1b\"}}}";

        assertThat(admits(schema, "{\"x\":1}")).isTrue();
        assertThat(admits(schema, "{\"x\":1.5}")).isFalse();
    }

    @Test
    void endsOnReferencesThatGoInCircles() {
        String schema = "{\"$ref\":\"#\",\"properties\":{\"x\":{\"$ref\":\"#/properties/x\"}}}";

        assertThat(admits(schema, "{\"x\":1.5}")).isTrue();
    }

    @Test
    void admitsWhatTheSchemaLeavesOpen() {
        assertThat(admits("{}", "{\"x\":1.5}")).isTrue();
        assertThat(admits("no schema", "{\"x\":1.5}")).isTrue();
        assertThat(admits("{\"properties\":{\"y\":{\"type\":\"integer\"}}}", "{\"x\":1.5}"))
                .isTrue();
        assertThat(admits("{\"properties\":{\"x\":{\"$ref\":\"https://example.com/x\"}}}", "{\"x\":1.5}"))
                .isTrue();
    }

    private static boolean admits(String schema, String arguments) {
        return new DeclaredTypes(schema).admits(JsonObject.parse(arguments));
    }
}
