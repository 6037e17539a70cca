package ai.paybond.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import ai.paybond.kit.harbor.MergedPolicy;
import ai.paybond.kit.harbor.Policies;
import ai.paybond.kit.harbor.PolicyValidation;
import ai.paybond.kit.harbor.PolicyValidation.Issue;
import ai.paybond.kit.policy.EffectivePolicy;
import ai.paybond.kit.policy.Policy;
import ai.paybond.kit.policy.PolicyIssue;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatewayPolicyWordTest {
    private static final JsonObject NOTHING = JsonObject.builder().build();
    private static final Policy POLICY = Policy.parse("{\"version\":1,\"name\":\"p\",\"default_deny\":true,"
            + "\"tools\":{\"search.web\":{\"side_effecting\":false}}}");

    private final Policies gateway = mock();
    private final GatewayPolicyWord word = new GatewayPolicyWord(gateway);

    private void answers(boolean valid, List<Issue> errors) {
        when(gateway.validate(any(), any()))
                .thenReturn(new PolicyValidation(valid, valid, true, "p", errors, List.of(), List.of(), null, NOTHING));
    }

    @Test
    void hasNothingAgainstAValidPolicy() {
        answers(true, List.of());

        assertThat(word.check(POLICY)).isEmpty();
    }

    @Test
    void passesOnWhatIsWrong() {
        answers(false, List.of(new Issue("template_head_mismatch", "intent.policy_binding", "not the head")));

        assertThat(word.check(POLICY))
                .containsExactly(
                        new PolicyIssue("template_head_mismatch", "intent.policy_binding", 0, 0, "not the head"));
    }

    @Test
    void givesAReasonForARefusalWithoutOne() {
        answers(false, List.of());

        assertThat(word.check(POLICY)).extracting(PolicyIssue::code).containsExactly("policy.remote_validate_failed");
    }

    @Test
    void passesOnWhatTheOrganisationDenies() {
        when(gateway.effective("base-1", NOTHING))
                .thenReturn(new MergedPolicy(NOTHING, "sha256:00", List.of(new Issue("c", "/tools/x", "m")), NOTHING));

        assertThat(word.effective("base-1", NOTHING))
                .isEqualTo(new EffectivePolicy(NOTHING, "sha256:00", List.of("/tools/x")));
    }
}
