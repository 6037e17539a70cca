package ai.paybond.kit.guard;

import static ai.paybond.kit.guard.GuardFixture.ARGS;
import static ai.paybond.kit.guard.GuardFixture.booking;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.approval.ApprovalAnswer;
import ai.paybond.kit.approval.ApprovalRequest;
import ai.paybond.kit.approval.ApprovalToken;
import ai.paybond.kit.approval.Approver;
import ai.paybond.kit.capability.CapabilityVerdict;
import ai.paybond.kit.capability.DenyReason;
import ai.paybond.kit.guard.ToolOutcome.Executed;
import ai.paybond.kit.guard.ToolOutcome.Held;
import ai.paybond.kit.guard.ToolOutcome.Refused;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Approvers that are asked while the call waits, and approvals that the tool's declaration wants. */
class ApproverTest {
    private static final ApprovalToken TOKEN = ApprovalToken.of("apr_1");

    private final GuardFixture fixture = new GuardFixture();
    private final List<ApprovalRequest> asked = new ArrayList<>();

    @Test
    void runsWhatIsApprovedAtOnce() {
        believeTokens();
        ToolGuard guard = guard(answering(ApprovalAnswer.approved(TOKEN)));
        assertThat(guard.call(booking("c1"), fixture::book)).isInstanceOf(Executed.class);
        assertThat(asked).singleElement().satisfies(request -> {
            assertThat(request.arguments()).isEqualTo(ARGS);
            assertThat(request.requestId()).isEqualTo("approval-1");
            assertThat(request.currency()).isEqualTo("usd");
        });
        assertThat(fixture.authority.asked.get(1).approvalToken()).isEqualTo(TOKEN);
    }

    @Test
    void asksOnlyOnceTheCallIsHeldDurably() {
        believeTokens();
        List<CallState> seen = new ArrayList<>();
        guard(request -> {
                    seen.add(fixture.entry("c1").state());
                    return ApprovalAnswer.approved(TOKEN);
                })
                .call(booking("c1"), fixture::book);
        assertThat(seen).containsExactly(CallState.HELD);
    }

    @Test
    void refusesWhatIsRejectedAtOnce() {
        fixture.authority.answer = RecordingAuthority::held;
        assertCode(guard(answering(ApprovalAnswer.rejected("no"))), "approval.rejected");
        assertThat(fixture.entry("c1").isClosed()).isTrue();
    }

    @Test
    void runsWhatIsEditedAtOnce() {
        fixture.authority.answer = request -> request.arguments().equals(ARGS)
                ? RecordingAuthority.held(request)
                : RecordingAuthority.allowed(request);
        JsonObject cheaper = JsonObject.parse("{\"hotel\":\"Ibis\",\"amount_cents\":900}");
        List<JsonObject> ran = new ArrayList<>();
        ToolOutcome<?> outcome = guard(answering(ApprovalAnswer.edited(cheaper)))
                .call(booking("c1"), call -> {
                    ran.add(call.arguments());
                    return GuardFixture.RESULT;
                });
        assertThat(outcome).isInstanceOfSatisfying(Executed.class, executed -> assertThat(
                        executed.receipt().spendCents())
                .isEqualTo(900));
        assertThat(ran).containsExactly(cheaper);
    }

    static List<Approver> thatGiveNoAnswer() {
        return List.of(
                request -> ApprovalAnswer.pending(),
                request -> {
                    throw new IOException("chat is down");
                },
                request -> {
                    throw new StackOverflowError();
                },
                ApproverTest::nothing);
    }

    @ParameterizedTest
    @MethodSource("thatGiveNoAnswer")
    void staysHeldWithoutAnAnswer(Approver approver) {
        believeTokens();
        assertThat(guard(approver).call(booking("c1"), fixture::book)).isInstanceOf(Held.class);
        assertThat(fixture.entry("c1").state()).isEqualTo(CallState.HELD);
        assertThat(fixture.runs).hasValue(0);
    }

    @Test
    void staysHeldWhenInterruptedAndStaysInterrupted() {
        believeTokens();
        ToolGuard guard = guard(request -> {
            throw new InterruptedException();
        });
        assertThat(guard.call(booking("c1"), fixture::book)).isInstanceOf(Held.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void asksOnceForARequestWhoseApprovalDidNotHelp() {
        fixture.authority.answer = RecordingAuthority::held;
        ToolGuard guard = guard(answering(ApprovalAnswer.approved()));
        assertThat(guard.call(booking("c1"), fixture::book)).isInstanceOf(Held.class);
        assertThat(asked).hasSize(1);
    }

    @Test
    void givesUpOnAnAuthorityThatAsksForEver() {
        AtomicInteger requests = new AtomicInteger();
        fixture.authority.answer = request -> new Decision.ApprovalRequired(
                "approval-" + requests.incrementAndGet(), null, DenyReason.remote("approval_required", null));
        ToolGuard guard = guard(answering(ApprovalAnswer.approved(TOKEN)));
        assertThat(guard.call(booking("c1"), fixture::book)).isInstanceOf(Held.class);
        assertThat(asked).hasSize(3);
    }

    @Test
    void givesUpOnAnApproverThatEditsForEver() {
        fixture.authority.answer = request -> new Decision.ApprovalRequired(
                "approval-" + request.callId(), null, DenyReason.remote("approval_required", null));
        AtomicInteger edits = new AtomicInteger();
        ToolGuard guard = guard(
                request -> ApprovalAnswer.edited(request.arguments().with("amount_cents", edits.incrementAndGet())));
        assertThat(guard.call(booking("c1"), fixture::book)).isInstanceOf(Held.class);
        assertThat(edits).hasValue(3);
    }

    @Test
    void asksAPersonBeforeTheAuthorityWhenTheDeclarationWantsIt() {
        ToolGuard guard = declared(bookingTool().requiresApproval(), request -> {
            assertThat(fixture.authority.asked).isEmpty();
            asked.add(request);
            return ApprovalAnswer.approved();
        });
        assertThat(guard.call(booking("c1"), fixture::book)).isInstanceOf(Executed.class);
        assertThat(asked).extracting(ApprovalRequest::reasonCode).containsExactly("approval.required");
        assertThat(fixture.authority.asked).hasSize(1);
    }

    @Test
    void holdsWithoutAskingTheAuthorityWhenTheDeclarationWantsAPersonAndNoneIsThere() {
        ToolGuard guard = declared(bookingTool().requiresApproval(), request -> ApprovalAnswer.pending());
        assertThat(guard.preview(booking("c1"))).isInstanceOf(Decision.ApprovalRequired.class);
        assertThat(guard.call(booking("c1"), fixture::book)).isInstanceOf(Held.class);
        assertThat(guard.call(booking("c1"), fixture::book)).isInstanceOf(Held.class);
        assertThat(fixture.authority.asked).isEmpty();
        assertThat(guard.resume("c1", ApprovalAnswer.approved(), fixture::book)).isInstanceOf(Executed.class);
    }

    @Test
    void asksAPersonAboveTheAmountOnly() {
        ToolGuard guard = declared(bookingTool().approvalAboveCents(4200), request -> ApprovalAnswer.pending());
        assertThat(guard.call(booking("c1"), fixture::book)).isInstanceOf(Executed.class);
        assertThat(guard.call(booking("c2", "{\"amount_cents\":4201}"), fixture::book))
                .isInstanceOf(Held.class);
    }

    @Test
    void asksAPersonHereAndAgainForTheAuthority() {
        believeTokens();
        ToolGuard guard = declared(bookingTool().requiresApproval(), request -> {
            asked.add(request);
            return "approval-1".equals(request.requestId())
                    ? ApprovalAnswer.approved(TOKEN)
                    : ApprovalAnswer.approved();
        });
        assertThat(guard.call(booking("c1"), fixture::book)).isInstanceOf(Executed.class);
        assertThat(asked)
                .extracting(ApprovalRequest::reasonCode)
                .containsExactly("approval.required", "approval_required");
    }

    @Test
    void asksNobodyAboutWhatTheCapabilityDoesNotGrant() {
        fixture.verdict =
                request -> new CapabilityVerdict.Refused(DenyReason.local("operation_not_allowed", "not granted"));
        assertCode(
                declared(bookingTool().requiresApproval(), answering(ApprovalAnswer.approved())),
                "operation_not_allowed");
        assertThat(asked).isEmpty();
    }

    @Test
    void holdsAReadOnlyToolToo() {
        ToolGuard guard = ToolGuard.builder(
                        GuardFixture.binding(),
                        ToolRegistry.of(ToolDeclaration.builder("searchHotels")
                                .readOnly()
                                .requiresApproval()
                                .build()),
                        fixture.authority,
                        (token, request) -> new CapabilityVerdict.NotChecked(),
                        "tenant-a")
                .build();
        assertThat(guard.call(GuardFixture.search("s1"), fixture::book)).isInstanceOf(Held.class);
        assertThat(guard.resume("s1", ApprovalAnswer.approved(), fixture::book)).isInstanceOf(Executed.class);
        assertThat(fixture.authority.asked).isEmpty();
    }

    @Test
    void isAskedForCallsOnOtherThreadsToo() throws Exception {
        believeTokens();
        ExecutorService threads = Executors.newFixedThreadPool(1);
        try {
            ToolGuard guard = guard(answering(ApprovalAnswer.approved(TOKEN)));
            assertThat(guard.async(threads).call(booking("c1"), fixture::book).get())
                    .isInstanceOf(Executed.class);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void editsCallsOnOtherThreadsToo() throws Exception {
        fixture.authority.answer = request -> request.arguments().equals(ARGS)
                ? RecordingAuthority.held(request)
                : RecordingAuthority.allowed(request);
        JsonObject cheaper = JsonObject.parse("{\"hotel\":\"Ibis\",\"amount_cents\":900}");
        ExecutorService threads = Executors.newFixedThreadPool(1);
        List<JsonObject> ran = new ArrayList<>();
        try {
            ToolGuard guard = guard(answering(ApprovalAnswer.edited(cheaper)));
            ToolOutcome<?> outcome = guard.async(threads)
                    .call(booking("c1"), call -> {
                        ran.add(call.arguments());
                        return GuardFixture.RESULT;
                    })
                    .get();
            assertThat(outcome).isInstanceOfSatisfying(Executed.class, executed -> assertThat(
                            executed.receipt().state())
                    .isEqualTo(CallState.DELIVERED));
        } finally {
            threads.shutdownNow();
        }
        assertThat(ran).containsExactly(cheaper);
    }

    private static ToolDeclaration.Builder bookingTool() {
        return ToolDeclaration.builder("bookHotel")
                .spend(SpendRule.argument("amount_cents"))
                .withoutEvidence();
    }

    private void believeTokens() {
        fixture.authority.answer = request -> request.approvalToken() == null
                ? RecordingAuthority.held(request)
                : RecordingAuthority.allowed(request);
    }

    private Approver answering(ApprovalAnswer answer) {
        return request -> {
            asked.add(request);
            return answer;
        };
    }

    @SuppressWarnings({"NullAway", "UnusedVariable"}) // an approver may break its promise
    private static ApprovalAnswer nothing(ApprovalRequest request) {
        return null;
    }

    private ToolGuard guard(Approver approver) {
        return fixture.builder().approver(approver).build();
    }

    private ToolGuard declared(ToolDeclaration.Builder tool, Approver approver) {
        return fixture.builder(tool).approver(approver).build();
    }

    private void assertCode(ToolGuard guard, String code) {
        assertThat(guard.call(booking("c1"), fixture::book))
                .isInstanceOfSatisfying(Refused.class, refused -> assertThat(
                                refused.decision().reason().code())
                        .isEqualTo(code));
        assertThat(fixture.runs).hasValue(0);
    }
}
