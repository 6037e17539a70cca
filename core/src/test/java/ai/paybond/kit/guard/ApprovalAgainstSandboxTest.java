package ai.paybond.kit.guard;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.ArgumentDisclosure;
import ai.paybond.kit.CallJournals;
import ai.paybond.kit.Paybond;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.approval.ApprovalAnswer;
import ai.paybond.kit.approval.ApprovalRequest;
import ai.paybond.kit.approval.ApprovalToken;
import ai.paybond.kit.approval.Approver;
import ai.paybond.kit.evidence.EvidenceMapper;
import ai.paybond.kit.guard.ToolOutcome.Executed;
import ai.paybond.kit.guard.ToolOutcome.Held;
import ai.paybond.kit.guard.ToolOutcome.Refused;
import ai.paybond.kit.harbor.BootstrapRequest;
import ai.paybond.kit.harbor.SandboxRun;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.sandbox.Sandbox;
import ai.paybond.kit.wire.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Approvals over HTTP, against a server that binds each one to one use by one call. */
class ApprovalAgainstSandboxTest {
    private static final String OPERATION = "travel.book_hotel";
    private static final JsonObject ARGUMENTS = JsonObject.parse("{\"hotel\":\"Lutetia\",\"amount_cents\":12000}");

    private static Sandbox sandbox;

    private final AtomicInteger runs = new AtomicInteger();

    @TempDir
    Path directory;

    private SandboxRun run;
    private @Nullable CallJournal journal;
    private @Nullable Paybond paybond;

    @BeforeAll
    static void startSandbox() {
        sandbox = Sandbox.builder().approvalThresholdCents(10_000).start();
    }

    @AfterAll
    static void stopSandbox() {
        sandbox.close();
    }

    @BeforeEach
    void makeAnIntent() {
        try (Paybond session = Paybond.open(options(ArgumentDisclosure.NONE).build())) {
            run = session.guardrails().bootstrap(BootstrapRequest.of(OPERATION, 20_000));
        }
    }

    @AfterEach
    void endProcess() {
        if (paybond != null) {
            paybond.close();
        }
        if (journal != null) {
            journal.close();
        }
    }

    @ParameterizedTest
    @EnumSource(ArgumentDisclosure.class)
    void goesOnInTheNextProcessOnceApproved(ArgumentDisclosure disclosure) {
        book(newProcess(disclosure), ARGUMENTS);
        ToolGuard guard = newProcess(disclosure);
        ApprovalToken token = approve(guard.held().get(0));
        ToolOutcome<?> outcome = guard.resume("c1", ApprovalAnswer.approved(token), this::run);
        assertThat(outcome).isInstanceOfSatisfying(Executed.class, executed -> assertThat(
                        executed.receipt().state())
                .isEqualTo(CallState.DELIVERED));
        assertThat(runs).hasValue(1);
        assertCode(newProcess(disclosure).resume("c1", ApprovalAnswer.approved(token), this::run), "call.already_ran");
        assertThat(runs).hasValue(1);
    }

    @Test
    void waitsForThePersonAtTheGateway() {
        ToolGuard asking = newProcess(ArgumentDisclosure.DIGEST, true);
        assertThat(book(asking, ARGUMENTS)).isInstanceOf(Held.class);
        approve(asking.held().get(0));
        assertThat(book(asking, ARGUMENTS)).isInstanceOf(Executed.class);
        assertThat(runs).hasValue(1);
    }

    @Test
    void refusesWhatThePersonAtTheGatewayRejected() {
        ToolGuard asking = newProcess(ArgumentDisclosure.DIGEST, true);
        book(asking, ARGUMENTS);
        ApprovalRequest waiting = asking.held().get(0);
        sandbox.reject(Objects.requireNonNull(waiting.requestId()));
        assertThat(book(asking, ARGUMENTS)).isInstanceOf(Refused.class);
        assertThat(asking.held()).isEmpty();
        assertThat(runs).hasValue(0);
    }

    @Test
    void neverTakesTheTokenOfOneCallForAnother() {
        ToolGuard guard = newProcess(ArgumentDisclosure.DIGEST);
        book(guard, ARGUMENTS);
        ApprovalToken token = approve(guard.held().get(0));
        guard.call(ToolCall.of("bookHotel", "c2", ARGUMENTS), this::run);
        assertThat(guard.resume("c2", ApprovalAnswer.approved(token), this::run))
                .isInstanceOf(Held.class);
        assertThat(runs).hasValue(0);
    }

    @Test
    void asksAnewAboutWhatAPersonEdited() {
        ToolGuard guard = newProcess(ArgumentDisclosure.FULL);
        book(guard, ARGUMENTS);
        JsonObject dearer = ARGUMENTS.with("amount_cents", 13_000);
        assertThat(guard.resume("c1", ApprovalAnswer.edited(dearer), this::run)).isInstanceOf(Held.class);
        ApprovalRequest waiting = guard.held().get(0);
        assertThat(waiting.arguments()).isEqualTo(dearer);
        assertThat(guard.resume(waiting.callId(), ApprovalAnswer.approved(approve(waiting)), this::run))
                .isInstanceOf(Executed.class);
    }

    private static PaybondOptions.Builder options(ArgumentDisclosure disclosure) {
        return PaybondOptions.builder(
                        sandbox.baseUrl(), ApiKey.of(sandbox.tenant().apiKey()))
                .capabilityRootKey(sandbox.capabilityRootKeyId(), sandbox.capabilityRootKey())
                .argumentDisclosure(disclosure);
    }

    private ToolGuard newProcess(ArgumentDisclosure disclosure) {
        return newProcess(disclosure, false);
    }

    private ToolGuard newProcess(ArgumentDisclosure disclosure, boolean polls) {
        endProcess();
        CallJournal opened = CallJournals.file(directory.resolve("journal.db"));
        Paybond session = Paybond.open(options(disclosure).journal(opened).build());
        journal = opened;
        paybond = session;
        Approver gateway = session.approvals().polling(Duration.ZERO, Duration.ofSeconds(1));
        ToolRegistry tools = ToolRegistry.of(ToolDeclaration.builder("bookHotel")
                .operation(OPERATION)
                .spend(SpendRule.argument("amount_cents"))
                .evidence(EvidenceMapper.members("status", "cost_cents"))
                .build());
        return session.guard(run, tools)
                .approver(polls ? gateway : request -> ApprovalAnswer.pending())
                .build();
    }

    private ToolOutcome<?> book(ToolGuard guard, JsonObject arguments) {
        return guard.call(ToolCall.of("bookHotel", "c1", arguments), this::run);
    }

    private Object run(ToolCall permitted) {
        runs.incrementAndGet();
        return Map.of(
                "status",
                "booked",
                "cost_cents",
                permitted.arguments().integer("amount_cents").orElseThrow());
    }

    private static ApprovalToken approve(ApprovalRequest waiting) {
        return ApprovalToken.of(sandbox.approve(Objects.requireNonNull(waiting.requestId())));
    }

    private static void assertCode(ToolOutcome<?> outcome, String code) {
        assertThat(outcome).isInstanceOfSatisfying(Refused.class, refused -> assertThat(
                        refused.decision().reason().code())
                .isEqualTo(code));
    }
}
