package ai.paybond.kit.langchain4j;

import static ai.paybond.kit.langchain4j.ScriptedModel.LAST_WORD;
import static ai.paybond.kit.langchain4j.ScriptedModel.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.harbor.SpendOutcome;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.InMemoryCallJournal;
import ai.paybond.kit.wire.json.JsonObject;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.guardrail.OutputGuardrail;
import dev.langchain4j.guardrail.OutputGuardrailResult;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.Result;
import dev.langchain4j.service.tool.ToolErrorHandlerResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whole turns of an AI service: what the model reads, what the tool did, what chat memory holds afterwards. */
class AiServiceTurnTest {
    interface Assistant {
        Result<String> chat(String message);
    }

    private final TravelTools tools = new TravelTools();
    private final FakeAuthority authority = new FakeAuthority(20_000);
    private final ChatMemory memory = MessageWindowChatMemory.withMaxMessages(50);
    private final ExecutorService pool = Executors.newFixedThreadPool(4);

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    private AiServices<Assistant> service(ScriptedModel model) {
        return service(model, authority);
    }

    private AiServices<Assistant> service(ScriptedModel model, FakeAuthority grantedBy) {
        ToolGuard guard = Guards.of(grantedBy, tools);
        return AiServices.builder(Assistant.class)
                .chatModel(model.model())
                .chatMemory(memory)
                .tools(GuardedTools.of(guard, tools));
    }

    private static ToolExecutionRequest book(String id, long cents) {
        return request(id, "bookHotel", "{\"city\":\"Paris\",\"priceCents\":" + cents + "}");
    }

    private static void assertDenied(ToolExecutionResultMessage result, String code) {
        assertThat(result.isError()).isTrue();
        assertThat(JsonObject.parse(result.text()).string("code")).contains(code);
        assertThat(result.attributes()).containsEntry(ReceiptAttributes.CODE, code);
    }

    private static void assertInDoubt(ToolExecutionResultMessage result) {
        assertThat(result.isError()).isTrue();
        assertThat(JsonObject.parse(result.text()).string("error")).contains("paybond_in_doubt");
    }

    /** Every tool request that memory holds is answered, so that a model accepts the conversation. */
    private static void assertNothingDangles(List<ChatMessage> messages) {
        List<String> open = new ArrayList<>();
        for (ChatMessage message : messages) {
            if (message instanceof AiMessage answer && answer.hasToolExecutionRequests()) {
                answer.toolExecutionRequests().forEach(call -> open.add(call.id()));
            } else if (message instanceof ToolExecutionResultMessage result) {
                open.remove(result.id());
            }
        }
        assertThat(open).isEmpty();
    }

    @Test
    void runsWhatIsAllowedAndKeepsTheToolsOwnText() {
        ScriptedModel model = ScriptedModel.calling(book("c1", 9_900));

        Result<String> answer = service(model).build().chat("Book it");

        assertThat(answer.content()).isEqualTo(LAST_WORD);
        assertThat(tools.done).containsExactly("hotel Paris 9900");
        assertThat(model.result().isError()).isFalse();
        assertThat(JsonObject.parse(model.result().text()))
                .isEqualTo(JsonObject.parse("{\"status\":\"confirmed\",\"costCents\":9900,\"city\":\"Paris\"}"));
        assertThat(answer.toolExecutions().get(0).resultObject())
                .isEqualTo(new TravelTools.Booking("confirmed", 9_900, "Paris"));
        assertThat(authority.completed).containsExactly(SpendOutcome.CONSUMED);
    }

    @Test
    void keepsTheReceiptInChatMemoryWhereTheModelDoesNotSeeIt() {
        ScriptedModel model = ScriptedModel.calling(book("c1", 9_900));

        service(model).build().chat("Book it");

        assertThat(model.result().attributes())
                .containsEntry(ReceiptAttributes.CALL_ID, "c1")
                .containsEntry(ReceiptAttributes.INTENT_ID, Guards.INTENT)
                .containsEntry(ReceiptAttributes.OPERATION, "travel.book_hotel")
                .containsEntry(ReceiptAttributes.SPEND_CENTS, "9900")
                .containsEntry(ReceiptAttributes.STATE, "delivered")
                .containsEntry(ReceiptAttributes.EVIDENCE, "delivered")
                .containsEntry(ReceiptAttributes.AUDIT_ID, "audit-1");
        assertThat(model.result().text()).doesNotContain("audit-1");
    }

    @Test
    void tellsTheModelOfADenialWithoutEndingTheTurn() {
        ScriptedModel model = ScriptedModel.calling(book("c1", 30_000));

        String answer = service(model).build().chat("Book it").content();

        assertThat(answer).isEqualTo(LAST_WORD);
        assertThat(tools.done).isEmpty();
        assertDenied(model.result(), "budget_exceeded");
        assertNothingDangles(memory.messages());
    }

    @Test
    void letsTheModelTryAgainAfterADenial() {
        ScriptedModel model = ScriptedModel.calling(book("c1", 30_000)).thenCalling(book("c2", 10_000));

        service(model).build().chat("Book it");

        assertThat(tools.done).containsExactly("hotel Paris 10000");
        assertThat(model.results())
                .extracting(ToolExecutionResultMessage::isError)
                .containsExactly(true, false);
        assertNothingDangles(memory.messages());
    }

    @Test
    void tellsTheModelWhichApprovalIsAwaited() {
        ScriptedModel model = ScriptedModel.calling(book("c1", 9_900));

        service(model, new FakeAuthority(20_000).needingApproval()).build().chat("Book it");

        assertThat(tools.done).isEmpty();
        assertDenied(model.result(), "approval_required");
        assertThat(model.result().attributes()).containsEntry(ReceiptAttributes.APPROVAL_REQUEST_ID, "approval-1");
    }

    @Test
    void answersARepeatedCallWithoutRunningItAgain() {
        ScriptedModel model = ScriptedModel.calling(book("c1", 9_900)).thenCalling(book("c1", 9_900));

        service(model).build().chat("Book it");

        assertThat(tools.done).hasSize(1);
        assertThat(model.results())
                .extracting(ToolExecutionResultMessage::text)
                .containsOnly(model.results().get(0).text());
        assertThat(model.results().get(1).attributes()).containsEntry(ReceiptAttributes.REPLAYED, "true");
    }

    @Test
    void deniesARepeatedIdWithOtherArguments() {
        ScriptedModel model = ScriptedModel.calling(book("c1", 9_900)).thenCalling(book("c1", 9_800));

        service(model).build().chat("Book it");

        assertThat(tools.done).hasSize(1);
        assertDenied(model.results().get(1), "call.arguments_changed");
    }

    @Test
    void runsTwoEqualRequestsOfOneBatchOnceAndAnswersBoth() {
        ScriptedModel model = ScriptedModel.calling(book("c1", 9_900), book("c1", 9_900));

        service(model).build().chat("Book it");

        assertThat(tools.done).hasSize(1);
        assertThat(authority.asked).hasSize(1);
        assertThat(model.results()).hasSize(2).allMatch(result -> !result.isError());
        assertNothingDangles(memory.messages());
    }

    @Test
    void runsTwoEqualRequestsOfOneBatchOnceAlsoConcurrently() {
        ScriptedModel model = ScriptedModel.calling(book("c1", 9_900), book("c1", 9_900));

        service(model).executeToolsConcurrently(pool).build().chat("Book it");

        assertThat(tools.done).hasSize(1);
        assertThat(model.results()).hasSize(2).allMatch(result -> !result.isError());
    }

    @Test
    void takesRequestsWithoutIdForSeparateCallsAndChargesEach() {
        ScriptedModel model = ScriptedModel.calling(book(null, 4_000), book(null, 4_000));

        service(model).build().chat("Book two rooms");

        assertThat(tools.done).hasSize(2);
        assertThat(authority.asked).hasSize(2);
    }

    @Test
    void neverSpendsMoreThanTheBudgetWhenToolsRunConcurrently() {
        ToolExecutionRequest[] calls = new ToolExecutionRequest[10];
        for (int i = 0; i < calls.length; i++) {
            calls[i] = book("c" + i, 9_000);
        }
        ScriptedModel model = ScriptedModel.calling(calls);

        service(model).executeToolsConcurrently(pool).build().chat("Book ten rooms");

        assertThat(tools.done).hasSize(2);
        assertThat(model.results()).hasSize(10);
        assertThat(model.results())
                .filteredOn(ToolExecutionResultMessage::isError)
                .hasSize(8);
        assertNothingDangles(memory.messages());
    }

    @Test
    void doesNotDropAnAllowedCallForADeniedSibling() {
        ScriptedModel model = ScriptedModel.calling(book("c1", 9_900), book("c2", 30_000), book("c3", 5_000));

        service(model).build().chat("Book them");

        assertThat(tools.done).containsExactly("hotel Paris 9900", "hotel Paris 5000");
        assertThat(model.results())
                .extracting(ToolExecutionResultMessage::isError)
                .containsExactly(false, true, false);
    }

    @Test
    void endsTheTurnAfterAnImmediateToolThatRan() {
        ScriptedModel model = ScriptedModel.calling(request("c1", "sendPostcard", "{\"text\":\"Hi\"}"));

        service(model).build().chat("Send it");

        assertThat(model.rounds()).isEqualTo(1);
        assertThat(tools.done).containsExactly("postcard Hi");
    }

    @Test
    void letsTheModelAnswerWhenAnImmediateToolIsDenied() {
        ScriptedModel model = ScriptedModel.calling(request("c1", "sendPostcard", "{\"text\":\"Hi\"}"));

        String answer =
                service(model, new FakeAuthority(100)).build().chat("Send it").content();

        assertThat(answer).isEqualTo(LAST_WORD);
        assertDenied(model.result(), "budget_exceeded");
    }

    @Test
    void leavesUnknownToolNamesToTheHostsStrategy() {
        ScriptedModel model = ScriptedModel.calling(request("c1", "wireMoney", "{}"));

        String answer = service(model)
                .hallucinatedToolNameStrategy(
                        call -> ToolExecutionResultMessage.from(call, "there is no tool " + call.name()))
                .build()
                .chat("Pay")
                .content();

        assertThat(answer).isEqualTo(LAST_WORD);
        assertThat(model.result().text()).isEqualTo("there is no tool wireMoney");
        assertThat(authority.asked).isEmpty();
    }

    @Test
    void refusesAndJournalsAToolThatTheModelInvented() {
        InMemoryCallJournal journal = new InMemoryCallJournal();
        ToolGuard guard = Guards.of(authority, GuardedTools.declarations(tools), journal);
        ScriptedModel model = ScriptedModel.calling(request("c1", "wireMoney", "{\"cents\":1}"));

        String answer = AiServices.builder(Assistant.class)
                .chatModel(model.model())
                .chatMemory(memory)
                .tools(GuardedTools.of(guard, tools))
                .hallucinatedToolNameStrategy(GuardedTools.refusingOthers(guard))
                .build()
                .chat("Pay")
                .content();

        assertThat(answer).isEqualTo(LAST_WORD);
        assertThat(JsonObject.parse(model.result().text()).string("code")).contains("tool.undeclared");
        assertNothingDangles(memory.messages());
        assertThat(journal.inState(CallState.DENIED, 10))
                .singleElement()
                .satisfies(entry -> assertThat(entry.facts().toolName()).isEqualTo("wireMoney"));
    }

    @Test
    void refusesAToolThatTheGuardKnowsButTheServiceDoesNot() {
        ToolGuard guard = Guards.of(authority, tools);

        ToolExecutionResultMessage answer = GuardedTools.refusingOthers(guard).apply(book("c1", 9_900));

        assertThat(JsonObject.parse(answer.text()).string("code")).contains("tool.not_attached");
        assertThat(authority.asked).isEmpty();
    }

    @Test
    void runsAReadOnlyToolWithoutAskingTheAuthority() {
        ScriptedModel model = ScriptedModel.calling(request("c1", "searchHotels", "{\"city\":\"Paris\"}"));

        service(model, new FakeAuthority(0)).build().chat("Look");

        assertThat(model.result().text()).isEqualTo("Hotel Lutetia");
        assertThat(authority.asked).isEmpty();
    }

    @Test
    void releasesTheSpendOfACleanFailureAndLeavesItToTheHostsHandler() {
        ScriptedModel model = ScriptedModel.calling(request("c1", "fail", "{\"how\":\"cleanly\"}"));

        service(model)
                .toolExecutionErrorHandler(
                        (error, context) -> ToolErrorHandlerResult.text("handled: " + error.getMessage()))
                .build()
                .chat("Try");

        assertThat(model.result().isError()).isTrue();
        assertThat(model.result().text()).isEqualTo("handled: no rooms left");
        assertThat(authority.completed).containsExactly(SpendOutcome.RELEASED);
        assertNothingDangles(memory.messages());
    }

    @Test
    void tellsTheModelNotToRepeatACallThatMayHaveActed() {
        ScriptedModel model = ScriptedModel.calling(request("c1", "fail", "{\"how\":\"in doubt\"}"));

        String answer = service(model).build().chat("Try").content();

        assertThat(answer).isEqualTo(LAST_WORD);
        assertInDoubt(model.result());
        assertThat(model.result().text()).contains("Do not repeat").doesNotContain("booking.example");
        assertThat(model.result().attributes()).containsEntry(ReceiptAttributes.STATE, "in_doubt");
        assertThat(authority.completed).isEmpty();
        assertNothingDangles(memory.messages());
    }

    @Test
    void keepsTheSpendOfAToolMethodThatDiedOfAnError() {
        ScriptedModel model = ScriptedModel.calling(request("c1", "fail", "{\"how\":\"with an error\"}"));

        service(model).build().chat("Try");

        assertInDoubt(model.result());
        assertThat(authority.completed).isEmpty();
    }

    @Test
    void keepsTheResultWhenItsEvidenceCannotBeDelivered() {
        ScriptedModel model = ScriptedModel.calling(book("c1", 9_900));

        service(model, new FakeAuthority(20_000).losingEvidence()).build().chat("Book it");

        assertThat(model.result().isError()).isFalse();
        assertThat(model.result().text()).contains("confirmed");
        assertThat(model.result().attributes()).containsEntry(ReceiptAttributes.EVIDENCE, "pending");
    }

    @Test
    void leavesArgumentsThatDoNotFitTheMethodToTheHostsHandlerAndReleasesTheSpend() {
        ScriptedModel model = ScriptedModel.calling(request("c1", "rate", "{\"stars\":\"many\"}"));

        service(model)
                .toolArgumentsErrorHandler((error, context) -> ToolErrorHandlerResult.text("stars is a number"))
                .build()
                .chat("Rate it");

        assertThat(tools.done).isEmpty();
        assertThat(model.result().text()).isEqualTo("stars is a number");
        assertThat(authority.completed).containsExactly(SpendOutcome.RELEASED);
    }

    @Test
    void doesNotHideAnUnguardedToolThatReplacesAGuardedOne() {
        ScriptedModel model = ScriptedModel.calling(book("c1", 30_000));

        assertThatThrownBy(() -> service(model).tools(new TravelTools()).build())
                .hasMessageContaining("Duplicated definition");
    }

    /** Sends the first answer back to the model. */
    private static final class AskAgain implements OutputGuardrail {
        private final AtomicBoolean asked = new AtomicBoolean();

        @Override
        public OutputGuardrailResult validate(AiMessage answer) {
            return asked.getAndSet(true) ? success() : reprompt("not good enough", "Do better");
        }
    }

    @Test
    void guardsToolsThatAnOutputGuardrailMakesTheModelCall() {
        ScriptedModel model = new ScriptedModel().thenSaying("Done.").thenCalling(book("c1", 30_000));

        String answer = service(model)
                .outputGuardrails(new AskAgain())
                .build()
                .chat("Book it")
                .content();

        assertThat(answer).isEqualTo(LAST_WORD);
        assertThat(tools.done).isEmpty();
        assertDenied(model.result(), "budget_exceeded");
    }
}
