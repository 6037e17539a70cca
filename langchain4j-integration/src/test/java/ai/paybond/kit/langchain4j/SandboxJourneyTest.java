package ai.paybond.kit.langchain4j;

import static ai.paybond.kit.langchain4j.ScriptedModel.LAST_WORD;
import static ai.paybond.kit.langchain4j.ScriptedModel.request;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.Paybond;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.harbor.BootstrapRequest;
import ai.paybond.kit.harbor.SandboxRun;
import ai.paybond.kit.sandbox.Fault;
import ai.paybond.kit.sandbox.Sandbox;
import ai.paybond.kit.sandbox.SandboxRecords.DecisionStatus;
import ai.paybond.kit.sandbox.SandboxRecords.Evidence;
import ai.paybond.kit.sandbox.SandboxRoute;
import ai.paybond.kit.sandbox.junit.SandboxExtension;
import ai.paybond.kit.wire.json.JsonObject;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.service.AiServices;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The whole way: model, AI service, guard, Gateway, Harbor, evidence. */
class SandboxJourneyTest {
    @RegisterExtension
    final SandboxExtension extension = SandboxExtension.startedBy(
            () -> Sandbox.builder().approvalThresholdCents(15_000).start());

    interface Assistant {
        String chat(String message);
    }

    private final TravelTools tools = new TravelTools();
    private final ExecutorService pool = Executors.newFixedThreadPool(4);
    private Sandbox sandbox;
    private Paybond paybond;
    private SandboxRun run;
    private ToolGuard guard;

    @BeforeEach
    void open() {
        sandbox = extension.sandbox();
        paybond = Paybond.open(PaybondOptions.builder(
                        sandbox.baseUrl(), ApiKey.of(sandbox.tenant().apiKey()))
                .capabilityRootKey(sandbox.capabilityRootKeyId(), sandbox.capabilityRootKey())
                .maxAttempts(1)
                .build());
        run = paybond.guardrails().bootstrap(BootstrapRequest.of("travel.book_hotel", 20_000));
        guard = paybond.guard(run, GuardedTools.declarations(tools)).build();
    }

    @AfterEach
    void close() {
        paybond.close();
        pool.shutdownNow();
    }

    private String chat(ScriptedModel model) {
        return AiServices.builder(Assistant.class)
                .chatModel(model.model())
                .tools(GuardedTools.of(guard, tools))
                .executeToolsConcurrently(pool)
                .build()
                .chat("Book a room");
    }

    private static ToolExecutionRequest book(String id, long cents) {
        return request(id, "bookHotel", "{\"city\":\"Paris\",\"priceCents\":" + cents + "}");
    }

    private void assertOnlyDenied(ScriptedModel model, String code) {
        assertThat(model.result().isError()).isTrue();
        assertThat(JsonObject.parse(model.result().text()).string("code")).contains(code);
        assertThat(tools.done).isEmpty();
    }

    @Test
    void booksWithinTheCapabilityAndProvesIt() {
        ScriptedModel model = ScriptedModel.calling(book("c1", 9_900));

        assertThat(chat(model)).isEqualTo(LAST_WORD);

        assertThat(tools.done).containsExactly("hotel Paris 9900");
        assertThat(sandbox.records().evidence(run.intentId()))
                .extracting(Evidence::payload)
                .containsExactly(JsonObject.parse("{\"status\":\"confirmed\",\"costCents\":9900}"));
        assertThat(sandbox.records().decisions())
                .extracting(decision -> decision.status())
                .containsExactly(DecisionStatus.CONSUMED);
        assertThat(model.result().attributes())
                .containsEntry(ReceiptAttributes.STATE, "delivered")
                .containsEntry(ReceiptAttributes.INTENT_ID, run.intentId());
    }

    @Test
    void deniesAnOperationThatWasNotGrantedWithoutAskingHarbor() {
        ScriptedModel model = ScriptedModel.calling(request("c1", "sendPostcard", "{\"text\":\"Hi\"}"));

        assertThat(chat(model)).isEqualTo(LAST_WORD);

        assertOnlyDenied(model, "operation_not_allowed");
        assertThat(sandbox.records().verifications()).isEmpty();
    }

    @Test
    void deniesASpendAboveTheCapability() {
        ScriptedModel model = ScriptedModel.calling(book("c1", 20_001));

        assertThat(chat(model)).isEqualTo(LAST_WORD);

        assertOnlyDenied(model, "budget_exceeded");
    }

    @Test
    void neverSpendsMoreThanTheIntentHoldsInOneConcurrentBatch() {
        ToolExecutionRequest[] calls = new ToolExecutionRequest[6];
        for (int i = 0; i < calls.length; i++) {
            calls[i] = book("c" + i, 9_000);
        }
        ScriptedModel model = ScriptedModel.calling(calls);

        chat(model);

        assertThat(tools.done).hasSizeLessThanOrEqualTo(2).isNotEmpty();
        assertThat(model.results())
                .filteredOn(ToolExecutionResultMessage::isError)
                .hasSize(6 - tools.done.size());
    }

    @Test
    void tellsTheModelThatAPersonHasToApprove() {
        ScriptedModel model = ScriptedModel.calling(book("c1", 16_000));

        chat(model);

        assertOnlyDenied(model, "approval_required");
        assertThat(model.result().attributes()).containsKey(ReceiptAttributes.APPROVAL_REQUEST_ID);
    }

    @Test
    void deniesWhenHarborCannotBeAsked() {
        sandbox.faults().onNext(SandboxRoute.VERIFY, Fault.status(503)).times(5);
        ScriptedModel model = ScriptedModel.calling(book("c1", 9_900));

        assertThat(chat(model)).isEqualTo(LAST_WORD);

        assertThat(model.result().isError()).isTrue();
        assertThat(tools.done).isEmpty();
    }

    @Test
    void deniesWhenHarborAnswersForAnotherTenant() {
        sandbox.faults().onNext(SandboxRoute.VERIFY, Fault.wrongTenantEcho());
        ScriptedModel model = ScriptedModel.calling(book("c1", 9_900));

        chat(model);

        assertThat(model.result().isError()).isTrue();
        assertThat(tools.done).isEmpty();
    }

    @Test
    void keepsTheResultWhenEvidenceIsLostAndDeliversItLater() {
        sandbox.faults()
                .onNext(SandboxRoute.GUARDRAIL_EVIDENCE, Fault.connectionReset())
                .times(5);
        ScriptedModel model = ScriptedModel.calling(book("c1", 9_900));

        chat(model);

        assertThat(model.result().isError()).isFalse();
        assertThat(model.result().attributes()).containsEntry(ReceiptAttributes.EVIDENCE, "pending");
        assertThat(sandbox.records().evidence(run.intentId())).isEmpty();
        sandbox.faults().clear();
        assertThat(guard.retryPending().isComplete()).isTrue();
        assertThat(sandbox.records().evidence(run.intentId())).hasSize(1);
    }

    @Test
    void deniesEverythingOnceTheCapabilityIsRevoked() {
        sandbox.revokeCapability(run.capabilityToken().expose());
        ScriptedModel model = ScriptedModel.calling(book("c1", 9_900));

        chat(model);

        assertThat(model.result().isError()).isTrue();
        assertThat(tools.done).isEmpty();
    }

    @Test
    void showsTheModelNeitherTokenNorKey() {
        ScriptedModel model = ScriptedModel.calling(book("c1", 9_900), book("c2", 90_000), book(null, 1));

        chat(model);

        List<String> shown = model.results().stream()
                .map(result -> result.text() + result.attributes())
                .toList();
        assertThat(shown)
                .hasSize(3)
                .noneMatch(text -> text.contains(run.capabilityToken().expose()))
                .noneMatch(text -> text.contains(sandbox.tenant().apiKey()));
    }
}
