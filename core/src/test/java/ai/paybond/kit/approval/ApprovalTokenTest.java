package ai.paybond.kit.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.paybond.kit.wire.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApprovalTokenTest {
    private static final ApprovalToken TOKEN = ApprovalToken.of("apr_secret");

    @Test
    void isPrintedByNothingThatHoldsIt() {
        assertThat(TOKEN.toString() + ApprovalAnswer.approved(TOKEN)).doesNotContain("apr_secret");
    }

    @Test
    void isEqualToTheSameTokenOnly() {
        assertThat(TOKEN)
                .isEqualTo(ApprovalToken.of("apr_secret"))
                .hasSameHashCodeAs(ApprovalToken.of("apr_secret"))
                .isNotEqualTo(ApprovalToken.of("apr_secres"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n"})
    void isNeverBlank(String secret) {
        assertThatIllegalArgumentException().isThrownBy(() -> ApprovalToken.of(secret));
    }

    @Test
    void isBounded() {
        assertThatIllegalArgumentException().isThrownBy(() -> ApprovalToken.of("a".repeat(8_193)));
    }

    @Test
    void argumentsAreNotPrintedByRequestsAndAnswers() {
        JsonObject arguments = JsonObject.parse("{\"card\":\"4111111111111111\"}");
        assertThat(Requests.booking(arguments).toString() + ApprovalAnswer.edited(arguments))
                .doesNotContain("4111111111111111");
    }
}
