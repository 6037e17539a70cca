package ai.paybond.kit.funding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.funding.AuthenticateHeader.Challenge;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticateHeaderTest {

    @Test
    void separatesChallengesThatShareALine() {
        assertThat(AuthenticateHeader.parse("Basic realm=\"a\", Payment ID = \"1\" ,x=y,, Negotiate"))
                .containsExactly(
                        new Challenge("Basic", Map.of("realm", "a"), "Basic realm=\"a\""),
                        new Challenge("Payment", Map.of("id", "1", "x", "y"), "Payment ID = \"1\" ,x=y"),
                        new Challenge("Negotiate", Map.of(), "Negotiate"));
    }

    @Test
    void readsQuotedTextToItsEnd() {
        assertThat(AuthenticateHeader.parse("Payment a=\"x, Payment b=\\\"y\\\"\""))
                .singleElement()
                .satisfies(
                        challenge -> assertThat(challenge.parameters()).isEqualTo(Map.of("a", "x, Payment b=\"y\"")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Custom abc==", "Custom a/b+c=", "Custom abc"})
    void readsATextWithoutName(String line) {
        assertThat(AuthenticateHeader.parse(line)).containsExactly(new Challenge("Custom", Map.of(), line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", " , ,"})
    void findsNothingInNothing(String line) {
        assertThat(AuthenticateHeader.parse(line)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Payment a=1, a=2",
                "Payment a=1, A=2",
                "Payment a=\"1",
                "Payment a=\"1\\",
                "Payment a=1 b=2",
                "Payment a=1;b=2",
                "=",
                "\"Payment\" a=1",
                "Payment abc== def"
            })
    void refusesWhatIsMalformed(String line) {
        assertThatThrownBy(() -> AuthenticateHeader.parse(line))
                .isInstanceOfSatisfying(
                        FundingException.class, e -> assertThat(e.code()).isEqualTo("funding.challenge_invalid"));
    }

    @Test
    void refusesAChallengeOfEndlessParameters() {
        StringBuilder line = new StringBuilder("Payment a=1");
        for (int i = 0; i < 40; i++) {
            line.append(", p").append(i).append("=1");
        }

        assertThatThrownBy(() -> AuthenticateHeader.parse(line.toString())).isInstanceOf(FundingException.class);
    }
}
