package ai.paybond.kit.sandbox.internal.predicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.wire.json.JsonValue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PredicateTest {
    private static final String PAYLOAD =
            "{\"status\":\"completed\",\"cost\":150,\"ratio\":1.0,\"none\":null,\"ok\":true,\"items\":[{\"sku\":\"A-1\"}],\"0\":\"zero\"}";

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'op':'true'}; true",
                "{'op':'false'}; false",
                "{'op':'all','args':[{'op':'true'},{'op':'false'}]}; false",
                "{'op':'all','args':[{'op':'true'},{'op':'true'}]}; true",
                "{'op':'any','args':[{'op':'false'},{'op':'true'}]}; true",
                "{'op':'any','args':[{'op':'false'}]}; false",
                "{'op':'not','arg':{'op':'false'}}; true",
                "{'op':'exists','path':['status']}; true",
                "{'op':'exists','path':['none']}; true",
                "{'op':'exists','path':['absent','deeper']}; false",
                "{'op':'exists','path':['items','1']}; false",
                "{'op':'eq','path':['status'],'value':'completed'}; true",
                "{'op':'eq','path':['cost'],'value':150.0}; true",
                "{'op':'eq','path':['ratio'],'value':1}; true",
                "{'op':'eq','path':['cost'],'value':'150'}; false",
                "{'op':'eq','path':['none'],'value':null}; true",
                "{'op':'eq','path':['ok'],'value':true}; true",
                "{'op':'eq','path':['items','0','sku'],'value':'A-1'}; true",
                "{'op':'eq','path':['0'],'value':'zero'}; true",
                "{'op':'ne','path':['status'],'value':'failed'}; true",
                "{'op':'ne','path':['status'],'value':'completed'}; false",
                "{'op':'lt','path':['cost'],'value':151}; true",
                "{'op':'lt','path':['cost'],'value':150}; false",
                "{'op':'lte','path':['cost'],'value':150}; true",
                "{'op':'gt','path':['cost'],'value':149.5}; true",
                "{'op':'gt','path':['cost'],'value':150}; false",
                "{'op':'gte','path':['cost'],'value':150}; true",
                "{'op':'gt','path':['status'],'value':'c'}; true",
                "{'op':'in','path':['status'],'values':['done','completed']}; true",
                "{'op':'in','path':['status'],'values':[]}; false",
                "{'op':'within_budget','path':['cost']}; true",
                "{'op':'schema_valid'}; true"
            })
    void answers(String root, boolean expected) {
        assertThat(evaluate(root).passed()).isEqualTo(expected);
    }

    @Test
    void countsOneCentOverTheBudgetAsOver() {
        Predicate predicate = parse("{'op':'within_budget','path':['cost']}");

        assertThat(evaluate(predicate, "{\"cost\":200}").passed()).isTrue();
        assertThat(evaluate(predicate, "{\"cost\":201}").passed()).isFalse();
        assertThat(evaluate(predicate, "{\"cost\":200.01}").passed()).isFalse();
        assertThat(evaluate(predicate, "{\"cost\":-1}").passed()).isFalse();
    }

    @Test
    void tracesWhatItAskedAndStopsWhenItKnows() {
        Evaluation evaluation =
                evaluate("{'op':'any','args':[{'op':'false'},{'op':'true'},{'op':'exists','path':['status']}]}");

        assertThat(evaluation.trace())
                .containsExactly(
                        new Evaluation.Step(List.of("root", "args", "0"), "false", false),
                        new Evaluation.Step(List.of("root", "args", "1"), "true", true),
                        new Evaluation.Step(List.of("root"), "any", true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'op':'eq','path':['absent'],'value':1}",
                "{'op':'lt','path':['status'],'value':1}",
                "{'op':'within_budget','path':['status']}",
                "{'op':'in','path':['absent'],'values':[1]}",
                "{'op':'not','arg':{'op':'eq','path':['status','deeper'],'value':1}}"
            })
    void callsWhatItCannotAnswerAnError(String root) {
        assertThatThrownBy(() -> evaluate(root)).isInstanceOf(PredicateException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'op':'TRUE'}",
                "{'op':'all'}",
                "{'op':'all','args':[]}",
                "{'op':'all','args':{}}",
                "{'op':'not'}",
                "{'op':'not','arg':{'op':'true'},'args':[]}",
                "{'op':'exists','path':'status'}",
                "{'op':'exists','path':[1]}",
                "{'op':'eq','path':['a']}",
                "{'op':'eq','path':['a'],'value':{}}",
                "{'op':'lt','path':['a'],'value':true}",
                "{'op':'in','path':['a'],'values':[[]]}",
                "{'op':'in','path':['a']}"
            })
    void refusesADocumentThatSaysSomethingElse(String root) {
        assertThatThrownBy(() -> parse(root)).isInstanceOf(PredicateException.class);
    }

    @Test
    void boundsDepth() {
        assertThat(evaluate(nested(PredicateParser.MAX_DEPTH)).passed()).isFalse();
        assertThatThrownBy(() -> parse(nested(PredicateParser.MAX_DEPTH + 1)))
                .isInstanceOf(PredicateException.class)
                .hasMessageContaining("16 deep");
    }

    @Test
    void boundsNodes() {
        assertThat(evaluate(wide(PredicateParser.MAX_NODES - 1)).passed()).isTrue();
        assertThatThrownBy(() -> parse(wide(PredicateParser.MAX_NODES)))
                .isInstanceOf(PredicateException.class)
                .hasMessageContaining("256 nodes");
    }

    @Test
    void boundsPaths() {
        String steps = "'a',".repeat(PredicateParser.MAX_PATH);

        assertThatThrownBy(() -> parse("{'op':'exists','path':[" + steps + "'a']}"))
                .isInstanceOf(PredicateException.class)
                .hasMessageContaining("16 steps");
    }

    @Test
    void boundsSize() {
        String value = "x".repeat(PredicateParser.MAX_BYTES);

        assertThatThrownBy(() -> parse("{'op':'eq','path':['a'],'value':'" + value + "'}"))
                .isInstanceOf(PredicateException.class)
                .hasMessageContaining("64 KiB");
    }

    @Test
    void boundsFuel() {
        String values = "1,".repeat(300) + "1";
        String one = "{'op':'not','arg':{'op':'in','path':['cost'],'values':[" + values + "]}},";
        String root = "{'op':'all','args':[" + one.repeat(40) + "{'op':'true'}]}";

        assertThatThrownBy(() -> evaluate(root))
                .isInstanceOf(PredicateException.class)
                .hasMessageContaining("too many steps");
    }

    private static String nested(int depth) {
        return "{'op':'not','arg':".repeat(depth - 1) + "{'op':'true'}" + "}".repeat(depth - 1);
    }

    private static String wide(int leaves) {
        return "{'op':'all','args':[" + "{'op':'true'},".repeat(leaves - 1) + "{'op':'true'}]}";
    }

    private static Predicate parse(String root) {
        return PredicateParser.parse(JsonValue.parse("{\"version\":1,\"root\":" + root.replace('\'', '"') + "}"));
    }

    private static Evaluation evaluate(String root) {
        return evaluate(parse(root), PAYLOAD);
    }

    private static Evaluation evaluate(Predicate predicate, String payload) {
        return PredicateEvaluator.evaluate(predicate, JsonValue.parse(payload), 200, () -> true);
    }
}
