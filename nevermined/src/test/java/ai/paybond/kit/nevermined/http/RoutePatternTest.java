package ai.paybond.kit.nevermined.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutePatternTest {
    private static final RoutePattern ASK = RoutePattern.of("get", "/ask/:topic");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ask/evs",
                "/ask/evs/",
                "//ask//evs",
                "/%61sk/evs",
                "/ask;v=1/evs;jsessionid=2",
                "/./ask/x/../evs",
                "/free/../ask/evs",
                "/ask%2Fevs",
                "/ask/e+vs"
            })
    void everySpellingOfAPaidPathIsPaid(String path) {
        assertThat(ASK.matches("GET", path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ask", "/ask/a/b", "/asks/evs", "/", "/ask/%zz"})
    void otherPathsAreOther(String path) {
        assertThat(ASK.matches("GET", path)).isFalse();
    }

    @Test
    void headIsServedAsGetAndPaidAsGet() {
        assertThat(ASK.matches("HEAD", "/ask/evs")).isTrue();
        assertThat(ASK.matches("POST", "/ask/evs")).isFalse();
    }

    @Test
    void refusesATemplateThatIsNoPath() {
        assertThatThrownBy(() -> RoutePattern.of("GET", "ask"))
                .isInstanceOfSatisfying(
                        ConfigurationException.class, e -> assertThat(e.code()).isEqualTo("route.invalid"));
    }
}
