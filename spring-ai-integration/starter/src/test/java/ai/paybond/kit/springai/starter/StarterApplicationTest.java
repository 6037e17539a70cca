package ai.paybond.kit.springai.starter;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.CallJournals;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.JournalQuery;
import ai.paybond.kit.sandbox.Sandbox;
import ai.paybond.kit.sandbox.SandboxRecords;
import ai.paybond.kit.springai.starter.TravelApplication.TravelAgent;
import ai.paybond.kit.springai.starter.TravelApplication.TravelTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The starter, the sandbox and a model behind HTTP, put together by Spring Boot alone. Also compiled and run, from the
 * installed artifacts and under Spring Boot's own dependency management, by the project in {@code ../consumer}.
 */
class StarterApplicationTest {

    private static final String BUDGET = "paybond.sandbox.budget-cents=20000";
    private static final String POLICY = """
            version: 1
            name: travel-agent-v1
            default_deny: true
            tools:
              travel.book_hotel:
                side_effecting: true
                max_spend_cents: %d
                evidence_preset: cost_and_completion
            """;

    @TempDir
    private Path directory;

    private LocalModel model;

    /** How the application asks its model. */
    enum Mode {
        CALL,
        STREAM;

        String ask(TravelAgent agent) {
            String question = "Book me a room in Paris.";
            return this == CALL
                    ? agent.call(question)
                    : String.join("", agent.stream(question).collectList().block());
        }
    }

    @BeforeEach
    void startModel() throws IOException {
        model = LocalModel.start();
    }

    @AfterEach
    void stopModel() {
        model.close();
    }

    private ConfigurableApplicationContext start(String... properties) {
        return new SpringApplicationBuilder(TravelApplication.class)
                .web(WebApplicationType.NONE)
                .properties(
                        "spring.ai.openai.base-url=" + model.baseUrl(),
                        "spring.ai.openai.api-key=local",
                        "spring.ai.openai.chat.model=local",
                        "spring.main.banner-mode=off",
                        "paybond.journal.file=" + journal(),
                        "paybond.sandbox.enabled=true")
                .properties(properties)
                .run();
    }

    private Path journal() {
        return directory.resolve("journal.db");
    }

    private Path policy(long ceilingCents) throws IOException {
        return Files.writeString(directory.resolve("paybond.policy.yaml"), String.format(POLICY, ceilingCents));
    }

    @ParameterizedTest
    @EnumSource
    void paysForAnAllowedCallAndProvesIt(Mode mode) {
        try (ConfigurableApplicationContext application = start(BUDGET)) {
            String answer = mode.ask(application.getBean(TravelAgent.class));

            assertThat(answer).isEqualTo("Booked.");
            assertThat(application.getBean(TravelTools.class).bookings()).isEqualTo(1);
            SandboxRecords records = application.getBean(Sandbox.class).records();
            assertThat(records.verifications()).singleElement().satisfies(verification -> {
                assertThat(verification.allow()).isTrue();
                assertThat(verification.spendCents()).isEqualTo(18_700);
                assertThat(verification.toolCallId()).contains("call_1");
                assertThat(records.evidence(verification.intentId()))
                        .singleElement()
                        .satisfies(evidence ->
                                assertThat(evidence.predicatePassed()).isTrue());
            });
        }
        assertThat(states()).containsExactly(CallState.DELIVERED);
    }

    @ParameterizedTest
    @EnumSource
    void runsNothingOverTheBudgetAndTellsTheModelWhy(Mode mode) {
        try (ConfigurableApplicationContext application = start("paybond.sandbox.budget-cents=18699")) {
            mode.ask(application.getBean(TravelAgent.class));

            assertThat(application.getBean(TravelTools.class).bookings()).isZero();
            assertThat(model.requests()).hasSize(2).last().asString().contains("paybond_denied");
        }
        assertThat(states()).containsExactly(CallState.DENIED);
    }

    @ParameterizedTest
    @EnumSource
    void runsUnderThePolicyThatThePropertyNames(Mode mode) throws IOException {
        try (ConfigurableApplicationContext application = start(BUDGET, "paybond.policy=file:" + policy(18_700))) {
            mode.ask(application.getBean(TravelAgent.class));

            assertThat(application.getBean(TravelTools.class).bookings()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void runsNothingOverThePolicysCeiling(Mode mode) throws IOException {
        try (ConfigurableApplicationContext application = start(BUDGET, "paybond.policy=file:" + policy(18_699))) {
            mode.ask(application.getBean(TravelAgent.class));

            assertThat(application.getBean(TravelTools.class).bookings()).isZero();
            assertThat(application.getBean(Sandbox.class).records().verifications())
                    .isEmpty();
        }
    }

    private List<CallState> states() {
        try (CallJournal kept = CallJournals.file(journal())) {
            return kept.list(JournalQuery.all(10)).stream()
                    .map(entry -> entry.state())
                    .toList();
        }
    }
}
