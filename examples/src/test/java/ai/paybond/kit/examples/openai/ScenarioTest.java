package ai.paybond.kit.examples.openai;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.paybond.kit.wire.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"steps\":[]}|model",
                "{\"model\":\"m\"}|steps",
                "{\"model\":\"m\",\"steps\":[{\"when\":{}}]}|text or calls",
                "{\"model\":\"m\",\"steps\":[{\"calls\":[{\"arguments\":{}}]}]}|tool",
                "{\"model\":\"m\",\"steps\":[{\"calls\":[{\"tool\":\"t\"}]}]}|arguments"
            })
    void refusesAScenarioThatLacksSomething(String json, String lacking) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scenario.parse(JsonObject.parse(json)))
                .withMessageContaining("'" + lacking + "'");
    }

    @Test
    void refusesAResourceThatIsNotThere() {
        assertThatIllegalArgumentException().isThrownBy(() -> Scenario.resource(ScenarioTest.class, "nowhere.json"));
    }
}
