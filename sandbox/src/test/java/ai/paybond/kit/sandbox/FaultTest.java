package ai.paybond.kit.sandbox;

import static ai.paybond.kit.sandbox.Scenario.OPERATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.sandbox.TestClient.Answer;
import ai.paybond.kit.sandbox.junit.SandboxExtension;
import ai.paybond.kit.wire.json.JsonException;
import ai.paybond.kit.wire.json.JsonString;
import ai.paybond.kit.wire.json.JsonValue;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FaultTest {
    @RegisterExtension
    static final SandboxExtension SANDBOX = new SandboxExtension();

    private final SandboxFaults faults = SANDBOX.sandbox().faults();
    private final Scenario scenario = Scenario.in(SANDBOX.sandbox());
    private final String token = scenario.created();

    @Test
    void failsAsOftenAsToldThenWorks() {
        faults.onNext(SandboxRoute.VERIFY, Fault.status(503).retryAfterSeconds(1))
                .times(2);

        assertThat(verify().status()).isEqualTo(503);
        Answer second = verify();
        assertThat(second.header("retry-after")).isEqualTo("1");
        assertThat(second.code()).isEqualTo("injected_fault");
        assertThat(verify().json().bool("allow")).hasValue(true);
    }

    @Test
    void leavesOtherRoutesAlone() {
        faults.onNext(SandboxRoute.EVIDENCE_SUBMIT, Fault.status(503));

        assertThat(verify().status()).isEqualTo(200);
    }

    @Test
    void speaksTheFlatErrorShapeOnRequest() {
        faults.onNext(SandboxRoute.VERIFY, Fault.status(429).code("slow_down").flatBody());

        assertThat(verify().text("error")).isEqualTo("slow_down");
    }

    @Test
    void spoilsTheAnswerButNotTheEffect() {
        faults.onNext(SandboxRoute.EVIDENCE_SUBMIT, Fault.status(502).afterHandling());

        assertThat(scenario.submit("{}").status()).isEqualTo(502);
        assertThat(SANDBOX.sandbox().records().evidence(scenario.intentId)).hasSize(1);
    }

    @Test
    void dropsTheConnectionBeforeTheEffect() {
        faults.onNext(SandboxRoute.EVIDENCE_SUBMIT, Fault.connectionReset()).times(5);

        assertThatThrownBy(() -> scenario.submit("{}")).isInstanceOf(UncheckedIOException.class);
        assertThat(SANDBOX.sandbox().records().evidence(scenario.intentId)).isEmpty();
    }

    @Test
    void losesTheReplyAfterTheEffect() {
        faults.onNext(SandboxRoute.EVIDENCE_SUBMIT, Fault.connectionResetAfterHandling())
                .times(5);

        assertThatThrownBy(() -> scenario.submit("{}")).isInstanceOf(UncheckedIOException.class);
        assertThat(SANDBOX.sandbox().records().evidence(scenario.intentId)).hasSize(1);
    }

    @Test
    void breaksOffInTheMiddle() {
        faults.onNext(SandboxRoute.VERIFY, Fault.truncatedBody()).times(5);

        assertThatThrownBy(this::verify).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void answersSomethingElseThanJson() {
        faults.onNext(SandboxRoute.VERIFY, Fault.nonJson());
        Answer answer = verify();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("text/html");
        assertThatThrownBy(answer::json).isInstanceOf(JsonException.class);
    }

    @Test
    void streamsMoreThanAnyoneWants() {
        faults.onNext(SandboxRoute.VERIFY, Fault.oversizedBody(3_000_000));
        Answer answer = verify();

        assertThat(answer.body()).hasSize(3_000_000);
        assertThat(answer.header("content-length")).isEmpty();
        assertThat(JsonValue.parse(answer.body())).isInstanceOf(JsonString.class);
    }

    @Test
    void answersForAnotherTenant() {
        faults.onNext(SandboxRoute.VERIFY, Fault.wrongTenantEcho());

        assertThat(verify().text("tenant")).isEqualTo("tenant-other");
    }

    @Test
    void answersForAnotherIntent() {
        faults.onNext(SandboxRoute.VERIFY, Fault.wrongIntentEcho());

        assertThat(verify().text("intent_id")).isNotEqualTo(scenario.intentId);
    }

    @Test
    void writesAllowAsAString() {
        faults.onNext(SandboxRoute.VERIFY, Fault.allowAsString());
        Answer answer = verify();

        assertThat(answer.text("allow")).isEqualTo("true");
        assertThat(answer.json().bool("allow")).isEmpty();
    }

    @Test
    void leavesTheEchoOut() {
        faults.onNext(SandboxRoute.VERIFY, Fault.missingEcho());
        Answer answer = verify();

        assertThat(answer.json().has("tenant")).isFalse();
        assertThat(answer.json().has("intent_id")).isFalse();
    }

    @Test
    void pretendsThatATokenExpired() {
        faults.onNext(SandboxRoute.VERIFY, Fault.expireToken());
        Answer answer = verify();

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("invalid_token");
    }

    @Test
    void delaysAndThenAnswers() {
        faults.onNext(SandboxRoute.VERIFY, Fault.delay(Duration.ofMillis(1)));

        assertThat(verify().status()).isEqualTo(200);
    }

    @Test
    void takesFaultsInTheOrderTheyWereArmed() {
        faults.onNext(SandboxRoute.VERIFY, Fault.status(500));
        faults.onNext(SandboxRoute.VERIFY, Fault.status(502));

        assertThat(verify().status()).isEqualTo(500);
        assertThat(verify().status()).isEqualTo(502);
    }

    @Test
    void forgetsFaultsThatAreCleared() {
        faults.onNext(SandboxRoute.VERIFY, Fault.status(500));
        faults.clear();

        assertThat(verify().status()).isEqualTo(200);
    }

    private Answer verify() {
        return scenario.verify(token, OPERATION, 1);
    }
}
