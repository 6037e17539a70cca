package ai.paybond.kit.paegents.rail;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.CallJournals;
import ai.paybond.kit.evidence.EvidenceMapper;
import ai.paybond.kit.guard.Decision;
import ai.paybond.kit.guard.ToolCall;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolOutcome;
import ai.paybond.kit.guard.ToolOutcome.Executed;
import ai.paybond.kit.guard.ToolOutcome.Failed;
import ai.paybond.kit.guard.ToolOutcome.Held;
import ai.paybond.kit.guard.ToolOutcome.Refused;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.InMemoryCallJournal;
import ai.paybond.kit.paegents.PaegentsWorld;
import ai.paybond.kit.paegents.client.AgentPolicy;
import ai.paybond.kit.paegents.client.Agreement;
import ai.paybond.kit.paegents.client.AgreementRequest;
import ai.paybond.kit.paegents.client.PaegentsClient;
import ai.paybond.kit.paegents.client.Submission.ApprovalRequired;
import ai.paybond.kit.sandbox.paegents.PaegentsFault;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A guarded tool on an agreement's units. */
class PaegentsRailTest {
    private static final ToolRegistry TOOLS = ToolRegistry.of(
            ToolDeclaration.builder("translate").withoutEvidence().build());

    private final PaegentsWorld world = new PaegentsWorld();
    private final CallJournal journal = new InMemoryCallJournal();
    private final AtomicInteger runs = new AtomicInteger();

    @AfterEach
    void close() {
        world.close();
    }

    private Agreement active(long quantity) {
        Agreement agreement = world.agreement(quantity);
        world.activate(agreement, quantity);
        return agreement;
    }

    private PaegentsRail.Builder rail(Agreement agreement) {
        return PaegentsRail.builder(world.buyer, agreement.id())
                .journal(journal)
                .clock(world.clock);
    }

    private ToolOutcome<String> call(ToolGuard guard, String callId) {
        return call(guard, callId, 1);
    }

    private ToolOutcome<String> call(ToolGuard guard, String callId, long pages) {
        JsonObject arguments = JsonObject.builder().put("pages", pages).build();
        return guard.call(ToolCall.of("translate", callId, arguments), permitted -> {
            runs.incrementAndGet();
            return "translated";
        });
    }

    private static void assertRefused(String code, ToolOutcome<String> outcome) {
        assertThat(outcome).isInstanceOfSatisfying(Refused.class, refused -> {
            Decision.Denied denied = refused.decision();
            assertThat(denied.reason().code()).isEqualTo(code);
        });
    }

    @Test
    void runsAToolAndRecordsItsUnits() {
        Agreement agreement = active(10);
        ToolGuard guard = rail(agreement).build().guard(TOOLS).build();

        assertThat(call(guard, "c1")).isInstanceOfSatisfying(Executed.class, done -> assertThat(done.result())
                .isEqualTo("translated"));
        assertThat(call(guard, "c2")).isInstanceOf(Executed.class);

        assertThat(world.sandbox.unitsUsed(agreement.id())).isEqualTo(2);
        assertThat(journal.inState(CallState.DELIVERED, 10)).hasSize(2);
    }

    @Test
    void takesTheUnitsFromTheArguments() {
        Agreement agreement = active(10);
        ToolGuard guard = rail(agreement)
                .units("translate", UnitRule.argument("pages"))
                .build()
                .guard(TOOLS)
                .build();

        assertThat(call(guard, "c1", 7)).isInstanceOf(Executed.class);
        assertRefused(RailCodes.UNITS_EXHAUSTED, call(guard, "c2", 4));
        assertThat(call(guard, "c3", 3)).isInstanceOf(Executed.class);

        assertThat(world.sandbox.unitsUsed(agreement.id())).isEqualTo(10);
    }

    @Test
    void deniesWhenTheUnitsCannotBeTold() {
        ToolGuard guard = rail(active(10))
                .units(UnitRule.argument("words"))
                .build()
                .guard(TOOLS)
                .build();

        assertRefused(RailCodes.UNITS_INVALID, call(guard, "c1"));
        assertThat(runs).hasValue(0);
    }

    @Test
    void deniesBeforeTheAgreementIsActive() {
        ToolGuard guard = rail(world.agreement(10)).build().guard(TOOLS).build();

        assertRefused(RailCodes.NOT_ACTIVE, call(guard, "c1"));
    }

    @Test
    void deniesOnAnotherBuyersAgreement() {
        Agreement agreement = active(10);
        ToolGuard guard = PaegentsRail.builder(world.seller, agreement.id())
                .build()
                .guard(TOOLS)
                .build();

        assertRefused(RailCodes.FOREIGN, call(guard, "c1"));
    }

    @Test
    void deniesWhenPaegentsCannotBeAsked() {
        Agreement agreement = active(10);
        for (int i = 0; i < 3; i++) {
            world.sandbox.failNext("GET /" + agreement.id(), PaegentsFault.connectionReset());
        }

        assertRefused(
                "authority.unreachable",
                call(rail(agreement).build().guard(TOOLS).build(), "c1"));
        assertThat(runs).hasValue(0);
    }

    @Test
    void deniesWhenThePolicyCannotBeRead() {
        ToolGuard guard =
                rail(active(10)).livePolicy(world.buyer).build().guard(TOOLS).build();

        assertRefused("owner_jwt.missing", call(guard, "c1"));
    }

    @Test
    void deniesARailThatTheOwnerDoesNotAllow() {
        ToolGuard guard = rail(active(10))
                .policy(AgentPolicy.unrestricted().rails("card"))
                .build()
                .guard(TOOLS)
                .build();

        assertRefused(RailCodes.POLICY_DENIED, call(guard, "c1"));
    }

    @Test
    void holdsACallUntilTheOwnerApprovesExactlyIt() {
        OwnerDesk desk = new OwnerDesk();
        Agreement agreement = active(10);
        world.buyer
                .withOwner(world.ownerJwt())
                .policies()
                .update(AgentPolicy.unrestricted().approvalFrom(30));
        ToolGuard guard = rail(agreement)
                .units(UnitRule.argument("pages"))
                .livePolicy(world.buyer.withOwner(world.ownerJwt()))
                .approvals(desk)
                .build()
                .guard(TOOLS)
                .build();

        assertThat(call(guard, "small", 2)).isInstanceOf(Executed.class);
        assertThat(call(guard, "large", 3)).isInstanceOf(Held.class);
        UsageQuestion question = desk.pending().get(0);
        assertThat(question.cents()).isEqualTo(30);
        desk.approve(question.id());

        assertThat(call(guard, "other", 3)).isInstanceOf(Held.class);
        assertThat(call(guard, "large", 3)).isInstanceOf(Executed.class);
        assertThat(world.sandbox.unitsUsed(agreement.id())).isEqualTo(5);
    }

    @Test
    void deniesWhatTheOwnerRejected() {
        OwnerDesk desk = new OwnerDesk();
        ToolGuard guard = rail(active(10))
                .policy(AgentPolicy.unrestricted().approvalFrom(1))
                .approvals(desk)
                .build()
                .guard(TOOLS)
                .build();
        call(guard, "c1");
        desk.reject(desk.pending().get(0).id());

        assertRefused(RailCodes.APPROVAL_REJECTED, call(guard, "c1"));
    }

    @Test
    void goesByTheOwnersApprovalOfThePurchase() {
        PaegentsClient owner = world.buyer.withOwner(world.ownerJwt());
        owner.policies().update(AgentPolicy.unrestricted().approvalFrom(30));
        AgreementRequest purchase = world.request(world.service("Text"), 10).build();
        ApprovalRequired<Agreement> asked =
                (ApprovalRequired<Agreement>) world.buyer.agreements().create(purchase);
        owner.approvals().approve(asked.requestId());
        Agreement agreement = world.buyer.agreements().create(purchase).orThrow();
        world.activate(agreement, 10);
        ToolGuard guard = rail(agreement)
                .units(UnitRule.argument("pages"))
                .livePolicy(owner)
                .approvals(UsageApprovals.ofPurchase(owner, asked.requestId()))
                .build()
                .guard(TOOLS)
                .build();

        assertThat(call(guard, "c1", 3)).isInstanceOf(Executed.class);
        assertThat(call(guard, "c2", 7)).isInstanceOf(Executed.class);
        assertThat(world.sandbox.unitsUsed(agreement.id())).isEqualTo(10);
    }

    @Test
    void holdsUntilTheOwnerApprovesThePurchase() {
        Agreement agreement = active(10);
        PaegentsClient owner = world.buyer.withOwner(world.ownerJwt());
        String requestId = heldPurchase(owner);
        ToolGuard guard = onApprovalOf(requestId, agreement, owner);

        assertThat(call(guard, "c1")).isInstanceOfSatisfying(Held.class, held -> assertThat(
                        held.decision().approvalRequestId())
                .isEqualTo(requestId));
        owner.approvals().approve(requestId);

        assertThat(call(guard, "c1")).isInstanceOf(Executed.class);
    }

    @Test
    void deniesWhenTheOwnerRejectedThePurchase() {
        Agreement agreement = active(10);
        PaegentsClient owner = world.buyer.withOwner(world.ownerJwt());
        String requestId = heldPurchase(owner);
        owner.approvals().reject(requestId, "no");

        assertRefused(RailCodes.APPROVAL_REJECTED, call(onApprovalOf(requestId, agreement, owner), "c1"));
    }

    @Test
    void deniesOnAnApprovalThatPaegentsDoesNotKnow() {
        PaegentsClient owner = world.buyer.withOwner(world.ownerJwt());

        assertRefused(RailCodes.APPROVAL_REJECTED, call(onApprovalOf("apr_unknown", active(10), owner), "c1"));
    }

    private String heldPurchase(PaegentsClient owner) {
        owner.policies().update(AgentPolicy.unrestricted().approvalFrom(1));
        world.buyer.agreements().create(world.request(world.service("More"), 10).build());
        return owner.approvals().list("pending").get(0).id();
    }

    private ToolGuard onApprovalOf(String requestId, Agreement agreement, PaegentsClient owner) {
        return rail(agreement)
                .policy(AgentPolicy.unrestricted().approvalFrom(1))
                .approvals(UsageApprovals.ofPurchase(owner, requestId))
                .build()
                .guard(TOOLS)
                .build();
    }

    @Test
    void recordsNothingForAToolThatDidNotAct() {
        Agreement agreement = active(1);
        ToolGuard guard = rail(agreement).build().guard(TOOLS).build();

        ToolOutcome<String> failed = guard.call(ToolCall.of("translate", "c1", JsonObject.of(Map.of())), p -> {
            throw new IllegalStateException("no such language");
        });

        assertThat(failed).isInstanceOf(Failed.class);
        assertThat(call(guard, "c2")).isInstanceOf(Executed.class);
        assertThat(world.sandbox.unitsUsed(agreement.id())).isEqualTo(1);
    }

    @Test
    void keepsTheUnitsOfACallInDoubtAside() {
        ToolGuard guard = rail(active(1)).build().guard(TOOLS).build();

        guard.call(ToolCall.of("translate", "c1", JsonObject.of(Map.of())), p -> {
            throw new IOException("the connection broke");
        });

        assertRefused(RailCodes.UNITS_EXHAUSTED, call(guard, "c2"));
        guard.settleNotExecuted("c1");
        assertThat(call(guard, "c3")).isInstanceOf(Executed.class);
    }

    @Test
    void countsOnceWhenTheAnswerToTheRecordIsLost() {
        Agreement agreement = active(10);
        for (int i = 0; i < 4; i++) {
            world.sandbox.failNext("POST /record-usage", PaegentsFault.replyLost());
        }
        ToolGuard guard = rail(agreement).build().guard(TOOLS).build();

        assertThat(call(guard, "c1")).isInstanceOf(Executed.class);
        assertThat(journal.inState(CallState.EXECUTED, 10)).hasSize(1);
        guard.retryPending();
        guard.retryPending();

        assertThat(journal.inState(CallState.DELIVERED, 10)).hasSize(1);
        assertThat(world.sandbox.unitsUsed(agreement.id())).isEqualTo(1);
    }

    @Test
    void recordsAfterARestartWhatWasNotRecordedBefore(@TempDir Path directory) {
        Agreement agreement = active(1);
        for (int i = 0; i < 3; i++) {
            world.sandbox.failNext("POST /record-usage", PaegentsFault.status(503));
        }
        try (CallJournal first = CallJournals.file(directory.resolve("calls.db"))) {
            call(rail(agreement).journal(first).build().guard(TOOLS).build(), "c1");
        }
        assertThat(world.sandbox.unitsUsed(agreement.id())).isZero();

        try (CallJournal second = CallJournals.file(directory.resolve("calls.db"))) {
            ToolGuard guard =
                    rail(agreement).journal(second).build().guard(TOOLS).build();
            assertRefused(RailCodes.UNITS_EXHAUSTED, call(guard, "c2"));
            assertThat(guard.retryPending().isComplete()).isTrue();
            guard.retryPending();
        }
        assertThat(world.sandbox.unitsUsed(agreement.id())).isEqualTo(1);
        assertThat(runs).hasValue(1);
    }

    @Test
    void parksARecordThatPaegentsWillNeverTake() {
        Agreement agreement = active(10);
        world.sandbox.failNext("POST /record-usage", PaegentsFault.status(409));
        ToolGuard guard = rail(agreement).build().guard(TOOLS).build();

        assertThat(call(guard, "c1")).isInstanceOf(Executed.class);

        assertThat(journal.inState(CallState.REJECTED, 10))
                .singleElement()
                .satisfies(entry -> assertThat(entry.reasonCode()).isEqualTo("injected_fault"));
    }

    @Test
    void parksEvidenceInsteadOfPretendingToDeliverIt() {
        ToolRegistry proving = ToolRegistry.of(ToolDeclaration.builder("translate")
                .evidence(EvidenceMapper.of(
                        result -> JsonObject.builder().put("done", true).build()))
                .build());
        ToolGuard guard =
                rail(active(10)).build().guard(proving).managedEvidence().build();

        assertThat(call(guard, "c1")).isInstanceOf(Executed.class);

        assertThat(journal.inState(CallState.REJECTED, 10))
                .singleElement()
                .satisfies(entry -> assertThat(entry.reasonCode()).isEqualTo(RailCodes.NO_EVIDENCE_ROUTE));
    }

    @Test
    void recordsNothingThatTheProxyCounts() {
        Agreement agreement = active(10);
        ToolGuard guard = rail(agreement).countedByProxy().build().guard(TOOLS).build();

        assertThat(call(guard, "c1")).isInstanceOf(Executed.class);
        assertThat(world.sandbox.unitsUsed(agreement.id())).isZero();
    }

    @Test
    void neverRunsMoreCallsThanThereAreUnits() throws Exception {
        Agreement agreement = active(5);
        ToolGuard guard = rail(agreement).build().guard(TOOLS).build();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<ToolOutcome<String>>> calls = IntStream.range(0, 16)
                    .<Callable<ToolOutcome<String>>>mapToObj(i -> () -> call(guard, "c" + i))
                    .toList();
            for (Future<ToolOutcome<String>> outcome : threads.invokeAll(calls)) {
                outcome.get();
            }
        } finally {
            threads.shutdown();
        }

        assertThat(runs.get()).isLessThanOrEqualTo(5);
        assertThat(world.sandbox.unitsUsed(agreement.id())).isEqualTo(runs.get());
        assertThat(journal.inState(CallState.REJECTED, 10)).isEmpty();
    }
}
