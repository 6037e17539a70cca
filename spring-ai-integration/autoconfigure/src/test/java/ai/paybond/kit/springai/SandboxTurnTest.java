package ai.paybond.kit.springai;

import static ai.paybond.kit.springai.ScriptedModel.toolCall;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.Paybond;
import ai.paybond.kit.annotation.CapabilityGuarded;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.harbor.BootstrapRequest;
import ai.paybond.kit.harbor.SandboxRun;
import ai.paybond.kit.sandbox.Sandbox;
import ai.paybond.kit.sandbox.SandboxRecords;
import ai.paybond.kit.springai.GuardedTurnTest.Mode;
import ai.paybond.kit.springai.autoconfigure.PaybondAutoConfiguration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** A Spring Boot application against a Gateway and a Harbor that enforce. */
class SandboxTurnTest {

    private static final String BOOK = "{\"city\":\"Paris\",\"cents\":18700}";

    private static Sandbox sandbox;

    private final AtomicInteger bookings = new AtomicInteger();
    private final AtomicInteger cancellations = new AtomicInteger();

    @BeforeAll
    static void startSandbox() {
        sandbox = Sandbox.start();
    }

    @AfterAll
    static void stopSandbox() {
        sandbox.close();
    }

    private ApplicationContextRunner application(ScriptedModel model) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        ToolCallingAutoConfiguration.class,
                        ChatClientAutoConfiguration.class,
                        PaybondAutoConfiguration.class))
                .withPropertyValues(
                        "paybond.api-key=" + sandbox.tenant().apiKey(),
                        "paybond.gateway-url=" + sandbox.baseUrl(),
                        "paybond.capability-root-keys." + sandbox.capabilityRootKeyId() + "="
                                + sandbox.capabilityRootKey().hex())
                .withBean(TravelTools.class, bookings, cancellations)
                .withBean(ChatModel.class, () -> model);
    }

    @ParameterizedTest
    @EnumSource
    void paysForAnAllowedCallAndProvesIt(Mode mode) {
        ScriptedModel model = ScriptedModel.asking(toolCall("call_1", "book_hotel", BOOK));

        application(model).run(context -> {
            SandboxRun run = run(context, 20_000);
            ask(mode, context, run);

            assertThat(bookings).hasValue(1);
            assertThat(model.answer()).contains("completed");
            SandboxRecords.Verification verified = sandbox.records().verifications().stream()
                    .filter(verification -> verification.intentId().equals(run.intentId()))
                    .findFirst()
                    .orElseThrow();
            assertThat(verified.allow()).isTrue();
            assertThat(verified.spendCents()).isEqualTo(18_700);
            assertThat(verified.toolCallId()).contains("call_1");
            assertThat(sandbox.records().evidence(run.intentId()))
                    .singleElement()
                    .satisfies(
                            evidence -> assertThat(evidence.predicatePassed()).isTrue());
            assertThat(sandbox.records().decisions())
                    .filteredOn(decision -> decision.intentId().equals(run.intentId()))
                    .singleElement()
                    .satisfies(decision ->
                            assertThat(decision.status()).isEqualTo(SandboxRecords.DecisionStatus.CONSUMED));
        });
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatTheCapabilityDoesNotGrantWithoutAskingHarbor(Mode mode) {
        ScriptedModel model = ScriptedModel.asking(toolCall("call_1", "cancel_booking", "{}"));

        application(model).run(context -> {
            SandboxRun run = run(context, 20_000);
            ask(mode, context, run);

            assertThat(cancellations).hasValue(0);
            assertThat(model.answer()).contains("operation_not_allowed");
            assertThat(sandbox.records().verifications())
                    .noneMatch(verification -> verification.intentId().equals(run.intentId()));
        });
    }

    @ParameterizedTest
    @EnumSource
    void refusesASpendOverTheBudget(Mode mode) {
        ScriptedModel model = ScriptedModel.asking(toolCall("call_1", "book_hotel", BOOK));

        application(model).run(context -> {
            ask(mode, context, run(context, 10_000));

            assertThat(bookings).hasValue(0);
            assertThat(model.answer()).contains("budget_exceeded");
        });
    }

    private static SandboxRun run(ApplicationContext context, long budgetCents) {
        return context.getBean(Paybond.class)
                .guardrails()
                .bootstrap(BootstrapRequest.of("travel.book_hotel", budgetCents)
                        .withCurrency("usd")
                        .withCompletionPreset("cost_and_completion"));
    }

    private static void ask(Mode mode, ApplicationContext context, SandboxRun run) {
        ToolGuard guard = context.getBean(Paybond.class)
                .guard(run, context.getBean(ToolRegistry.class))
                .build();
        ChatClient client = context.getBean(ChatClient.Builder.class).build();
        try (GuardHandle conversation =
                context.getBean(ConversationGuards.class).open(guard)) {
            String answer = mode.ask(client.prompt("Book me a room in Paris.")
                    .tools(context.getBean(TravelTools.class))
                    .toolContext(conversation.toolContext()));
            assertThat(answer).isEqualTo("done");
        }
    }

    static class TravelTools {
        private final AtomicInteger bookings;
        private final AtomicInteger cancellations;

        TravelTools(AtomicInteger bookings, AtomicInteger cancellations) {
            this.bookings = bookings;
            this.cancellations = cancellations;
        }

        @Tool(name = "book_hotel")
        @CapabilityGuarded(
                operation = "travel.book_hotel",
                spendFrom = "cents",
                evidence = {"status", "cost_cents"})
        public Map<String, Object> bookHotel(String city, long cents) {
            bookings.incrementAndGet();
            return Map.of("status", "completed", "cost_cents", cents, "city", city);
        }

        @Tool(name = "cancel_booking")
        @CapabilityGuarded(operation = "travel.cancel_booking", spendCents = 0, withoutEvidence = true)
        public String cancelBooking() {
            cancellations.incrementAndGet();
            return "cancelled";
        }
    }
}
