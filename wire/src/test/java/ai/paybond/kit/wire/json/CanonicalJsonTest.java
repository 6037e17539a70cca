package ai.paybond.kit.wire.json;

import static ai.paybond.kit.wire.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"10\":1}|canonical.index_key",
                "{\"a\":{\"0\":1}}|canonical.index_key",
                "{\"4294967294\":1}|canonical.index_key",
                "{\"__proto__\":1}|canonical.proto_key",
                "\"\\ud800\"|canonical.surrogate",
                "\"\\udc00\\ud800\"|canonical.surrogate",
                "{\"\\ud83d\\ude00\":1,\"\\ue000\":2}|canonical.key_order",
                "9007199254740992|canonical.number_range",
                "-9007199254740992|canonical.number_range",
                "1e400|canonical.number_range",
                "1e-400|canonical.number_range",
                "1e21|canonical.number_range",
                "0.000001|canonical.number_text",
                "-9.9e-6|canonical.number_text",
            })
    void refusesWhatOthersReadDifferently(String json, String code) {
        assertRefused(code, () -> CanonicalJson.strict(JsonValue.parse(json)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"4294967295\":1,\"01\":2,\"-1\":3,\"\":4}",
                "9007199254740991",
                "0.00001",
                "1e-7",
                "5e-324",
                "0e5",
                "-0.00",
                "1234567890123456.5",
                "\"\\ud83d\\ude00\"",
                "{\"\\ud83d\\ude00\":1,\"z\":2}",
            })
    void agreesWithThePeerWhereItAnswers(String json) {
        JsonValue value = JsonValue.parse(json);

        assertThat(CanonicalJson.strict(value)).isEqualTo(CanonicalJson.lax(value));
    }

    @Test
    void saysWhereTheFaultIs() {
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> CanonicalJson.strict(JsonValue.parse("{\"a/b\":[{},1e30]}")))
                .satisfies(e -> assertThat(e.path()).isEqualTo("/a~1b/1"));
    }

    @Test
    void doesNotDependOnTheOrderOfMembers() {
        assertThat(CanonicalJson.strict(JsonValue.parse("{\"b\":[{\"d\":1,\"c\":2}],\"a\":0}")))
                .isEqualTo(CanonicalJson.strict(JsonValue.parse("{\"a\":0,\"b\":[{\"c\":2,\"d\":1}]}")))
                .isEqualTo("{\"a\":0,\"b\":[{\"c\":2,\"d\":1}]}");
    }
}
