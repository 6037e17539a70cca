package ai.paybond.kit.harbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.Paybond;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.harbor.PreflightResult.Outcome;
import ai.paybond.kit.policy.LivePolicy;
import ai.paybond.kit.policy.Policy;
import ai.paybond.kit.policy.PolicyException;
import ai.paybond.kit.policy.PolicyParser;
import ai.paybond.kit.policy.PolicyReload;
import ai.paybond.kit.policy.ToolBindings;
import ai.paybond.kit.sandbox.Sandbox;
import ai.paybond.kit.sandbox.junit.SandboxExtension;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The policy file's two questions to the Gateway, and the one about a spend, answered by the sandbox. */
class GatewayPoliciesAgainstSandboxTest {
    @RegisterExtension
    static final SandboxExtension SANDBOX = new SandboxExtension();

    private static final String POLICY = """
            {"version":1,"name":"base","default_deny":true,"tools":{"travel.book":{"side_effecting":true,\
            "max_spend_cents":500,"evidence_preset":"cost_and_completion"}}}""";
    private static final String OVERLAY = """
            {"version":2,"name":"base","default_deny":true,"tools":{},\
            "extends":{"org_policy_id":"base-1","org_id":"org_acme"},\
            "overrides":{"tools":{"travel.book":{"max_spend_cents":%d}}}}""";

    @TempDir
    private Path directory;

    private final Sandbox sandbox = SANDBOX.sandbox();
    private Paybond paybond;

    @BeforeEach
    void open() {
        paybond = Paybond.open(PaybondOptions.builder(
                        sandbox.baseUrl(), ApiKey.of(sandbox.tenant().apiKey()))
                .remoteVerificationOnly()
                .build());
    }

    @AfterEach
    void close() {
        paybond.close();
    }

    private void publishBase() throws IOException, InterruptedException {
        URI address = URI.create(sandbox.baseUrl() + "/v1/org-policies/base-1");
        String admin = sandbox.issueApiKey(sandbox.tenant(), "tenant.admin");
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("authorization", "Bearer " + admin)
                .PUT(BodyPublishers.ofString(POLICY))
                .build();
        HttpResponse<Void> response = HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void readsAnOverlayWhoseBaseOnlyTheGatewayKnows() throws Exception {
        publishBase();
        PolicyParser parser = PolicyParser.standard().effectiveFrom(paybond.policySource());

        Policy tightened = parser.parse(OVERLAY.formatted(100));

        assertThat(tightened.tool("travel.book").orElseThrow().maxSpendCents()).isEqualTo(100);
    }

    @Test
    void refusesAnOverlayThatWidens() throws Exception {
        publishBase();
        PolicyParser parser = PolicyParser.standard().effectiveFrom(paybond.policySource());

        assertThat(catchThrowableOfType(PolicyException.class, () -> parser.parse(OVERLAY.formatted(501)))
                        .code())
                .isEqualTo("policy.effective_invalid");
    }

    @Test
    void refusesAnOverlayOfABaseThatTheTenantDoesNotHave() {
        PolicyParser parser = PolicyParser.standard().effectiveFrom(paybond.policySource());

        assertThat(catchThrowableOfType(
                                PolicyException.class,
                                () -> parser.parse(
                                        OVERLAY.replace("base-1", "base-2").formatted(1)))
                        .code())
                .isEqualTo("policy.effective_unavailable");
    }

    @Test
    void letsTheGatewayHaveTheLastWordOnAReload() throws Exception {
        Path file = Files.writeString(directory.resolve("paybond.policy.yaml"), POLICY);
        try (LivePolicy live = LivePolicy.builder(file)
                .bindings(ToolBindings.builder().reserveCeilings().build())
                .remoteCheck(paybond.policyCheck())
                .open()) {
            Files.writeString(file, POLICY.replace("500", "400"));
            assertThat(live.reload()).isInstanceOf(PolicyReload.Reloaded.class);

            String unpublished = "\"intent\":{\"policy_binding\":{\"template_id\":\"true_v1\",\"version_seq\":99}},";
            Files.writeString(file, POLICY.replace("500", "300").replace("\"tools\"", unpublished + "\"tools\""));
            PolicyReload refused = live.reload();

            assertThat(refused).isInstanceOfSatisfying(PolicyReload.Refused.class, answer -> {
                assertThat(answer.code()).isEqualTo("policy.remote_validate_failed");
                assertThat(answer.issues().get(0).message()).isEqualTo("template_head_mismatch");
            });
        }
    }

    @Test
    void foretellsWhatVerifyWouldSay() {
        SandboxRun run = paybond.guardrails().bootstrap(BootstrapRequest.of("travel.book_hotel", 2_000));
        PreflightRequest.Builder request =
                PreflightRequest.builder(run.intentId()).operation("travel.book_hotel");

        assertThat(paybond.preflight()
                        .ask(request.requestedSpendCents(2_000).build())
                        .outcome())
                .isEqualTo(Outcome.ALLOWED);
        PreflightResult denied =
                paybond.preflight().ask(request.requestedSpendCents(2_001).build());
        assertThat(denied.outcome()).isEqualTo(Outcome.DENIED);
        assertThat(denied.reasonCodes()).containsExactly("budget_exceeded");
        assertThat(denied.remainingCents()).isEqualTo(2_000);
    }

    @Test
    void judgesASandboxRunByATemplateOnTheVendorsAnswer() {
        BootstrapRequest.Template webhook = new BootstrapRequest.Template(
                "webhook_confirmation_v1", JsonObject.parse("{\"expected_event_type\":\"booked\"}"));
        SandboxRun run = paybond.guardrails()
                .bootstrap(BootstrapRequest.of("travel.book_hotel", 2_000).withTemplate(webhook));

        EvidenceReceipt receipt = paybond.guardrails()
                .submitEvidence(
                        new GuardrailEvidence(
                                        run.intentId(),
                                        JsonObject.parse("{\"event_type\":\"booked\"}"),
                                        null,
                                        null,
                                        null)
                                .withArtifacts(List.of("ab".repeat(32))),
                        null);

        assertThat(receipt.predicatePassed()).isTrue();
        assertThat(receipt.artifactsDigest()).hasSize(64);
    }
}
