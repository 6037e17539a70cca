package ai.paybond.kit.sandbox;

import static ai.paybond.kit.sandbox.Scenario.OPERATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.sandbox.junit.SandboxExtension;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a test can say about what arrived, and that it fails when that is not so. */
class AssertionTest {
    @RegisterExtension
    static final SandboxExtension SANDBOX = new SandboxExtension();

    private final Sandbox sandbox = SANDBOX.sandbox();
    private final Scenario scenario = Scenario.in(sandbox);
    private final String intentId = scenario.intentId;

    @BeforeEach
    void aCallThatWasProved() {
        String token = scenario.created();
        scenario.client.post(
                "/verify", scenario.verifyBody(token, OPERATION, 18_700).with("tool_call_id", "call-7"));
        scenario.verify(token, "travel.cancel", 1);
        scenario.submit("{\"status\":\"completed\",\"cost_cents\":18700}");
        scenario.confirm();
    }

    private static void assertFails(String message, ThrowingCallable assertion) {
        assertThatThrownBy(assertion).isExactlyInstanceOf(AssertionError.class).hasMessageContaining(message);
    }

    @Test
    void saysWhatArrived() {
        // README: what arrived
        sandbox.evidence(intentId)
                .singleElement()
                .hasPayloadMember("status", "completed")
                .hasPayloadMember("cost_cents", 18_700)
                .hasSigningVersion(2)
                .passed();
        sandbox.verifications(intentId)
                .filteredOn(v -> v.allow())
                .singleElement()
                .hasToolCallId("call-7");
        sandbox.verifications(intentId).last().isRefused("operation_not_allowed");
        sandbox.decisions(intentId).singleElement().hasSpendCents(18_700).isReserved();
        sandbox.intents(intentId).singleElement().isInState("released");
        // README: end
    }

    @Test
    void saysEverythingElse() {
        sandbox.evidence(intentId).allSatisfy(evidence -> evidence.hasArtifacts()
                .hasPayload(JsonObject.parse("{\"status\":\"completed\",\"cost_cents\":18700}")));
        sandbox.verifications(intentId).hasSize(2);
        sandbox.verifications(intentId)
                .filteredOn(v -> v.allow())
                .last()
                .isAllowed()
                .hasOperation(OPERATION)
                .hasSpendCents(18_700);
        sandbox.intents(intentId).last().hasAmountCents(20_000);
        sandbox.evidence(UUID.randomUUID().toString()).isEmpty();
        assertThat(sandbox.evidence(intentId).singleElement().actual().payloadDigestHex())
                .hasSize(64);
    }

    @Test
    void failsWithWhatArrived() {
        assertFails(
                "expected status done, and it is completed in Evidence[",
                () -> sandbox.evidence(intentId).singleElement().hasPayloadMember("status", "done"));
        assertFails(
                "expected cost_cents 1",
                () -> sandbox.evidence(intentId).singleElement().hasPayloadMember("cost_cents", 1));
        assertFails("predicate", () -> sandbox.evidence(intentId).last().failed());
        assertFails("signing version", () -> sandbox.evidence(intentId).last().hasSigningVersion(1));
        assertFails("artifacts", () -> sandbox.evidence(intentId).last().hasArtifacts("00"));
        assertFails("2 arrived", () -> sandbox.verifications(intentId).singleElement());
        assertFails("allow", () -> sandbox.verifications(intentId).last().isAllowed());
        assertFails("code", () -> sandbox.verifications(intentId).last().isRefused("other"));
        assertFails("status", () -> sandbox.decisions(intentId).last().isConsumed());
        assertFails("status", () -> sandbox.decisions(intentId).last().isReleased());
        assertFails("state", () -> sandbox.intents(intentId).last().isInState("open"));
        assertFails("none arrived", () -> sandbox.evidence(UUID.randomUUID().toString())
                .last());
    }

    @Test
    void isWhatTheReadmeShows() throws IOException {
        String own = Files.readString(Path.of("src/test/java/ai/paybond/kit/sandbox/AssertionTest.java"));
        String begin = "// README: what arrived\n";
        String snippet = own.substring(own.indexOf(begin) + begin.length(), own.indexOf("        // README: end"))
                .indent(-8);

        assertThat(Files.readString(Path.of("README.md"))).contains(snippet);
    }
}
