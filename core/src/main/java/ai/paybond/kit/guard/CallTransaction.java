package ai.paybond.kit.guard;

import ai.paybond.kit.PaybondException;
import ai.paybond.kit.capability.DenyReason;
import ai.paybond.kit.guard.CallLog.Claim;
import ai.paybond.kit.guard.CallLog.Standing;
import ai.paybond.kit.guard.CallObserver.Scope;
import ai.paybond.kit.guard.CallObserver.Stage;
import ai.paybond.kit.guard.ToolOutcome.Executed;
import ai.paybond.kit.guard.ToolOutcome.Failed;
import ai.paybond.kit.guard.ToolOutcome.Refused;
import ai.paybond.kit.journal.CallFacts;
import ai.paybond.kit.journal.CallKey;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.EvidenceDelivery;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.journal.SpendStatus;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One guarded call from the decision to the delivery. {@link #make} is the story; everything else is its chapters. */
final class CallTransaction {
    private static final DenyReason NOT_OFFLINE = DenyReason.local(
            GuardCodes.AUTHORITY_UNREACHABLE, "the authority is out of reach, and a held call is not made without it");
    private static final DenyReason CANCELLED =
            DenyReason.local(GuardCodes.CALL_CANCELLED, "the call was cancelled before it ran");

    private static final Logger log = LoggerFactory.getLogger(CallTransaction.class);

    private final Gatekeeper gatekeeper;
    private final ToolAuthority authority;
    private final CallLog callLog;
    private final ApprovalDesk approvals;
    private final EvidenceScribe scribe;
    private final EvidenceDelivery delivery;
    private final GivenBack givenBack = new GivenBack();
    private final boolean deliveryDeferred;
    private final Listeners listeners;
    private final Clock clock;

    CallTransaction(
            Gatekeeper gatekeeper,
            ToolAuthority authority,
            CallLog callLog,
            ApprovalDesk approvals,
            EvidenceScribe scribe,
            EvidenceDelivery delivery,
            boolean deliveryDeferred,
            Listeners listeners,
            Clock clock) {
        this.gatekeeper = gatekeeper;
        this.authority = authority;
        this.callLog = callLog;
        this.approvals = approvals;
        this.scribe = scribe;
        this.delivery = delivery;
        this.deliveryDeferred = deliveryDeferred;
        this.listeners = listeners;
        this.clock = clock;
    }

    /** Makes the call if it may be made. Down to the run everything fails closed. */
    <T> ToolOutcome<T> make(ResolvedCall call, ToolBody<T> body) {
        Opening<T> opening = open(call, Withdrawal.NEVER);
        return opening instanceof Opening.Started<T> started
                ? account(started.call(), started.entry(), ToolRun.of(started.call(), body), body)
                : ((Opening.Answered<T>) opening).outcome();
    }

    /** Decides the call and journals that it starts, or answers it. */
    <T> Opening<T> open(ResolvedCall call, Withdrawal withdrawal) {
        Standing standing = callLog.standingOf(call);
        if (standing instanceof Standing.Blocked blocked) {
            return refused(call, Decision.Denied.because(blocked.reason()));
        }
        if (withdrawal.isWithdrawn()) {
            return refused(call, Decision.Denied.because(CANCELLED));
        }
        JournalEntry earlier = ((Standing.Open) standing).earlier();
        Decision decision = gatekeeper.decide(call, JournalEntry.attemptAfter(earlier));
        if (decision instanceof Decision.Denied denied) {
            return refused(call, denied);
        }
        if (decision instanceof Decision.ApprovalRequired approval) {
            return hold(call, approval, withdrawal);
        }
        Decision.Allowed allowed = (Decision.Allowed) decision;
        return allowed.offline() && waits(earlier)
                ? refused(call, Decision.Denied.because(NOT_OFFLINE))
                : claim(call, allowed, earlier, withdrawal);
    }

    /** The authority may be one of those who wanted a person, and is not there to be told of the answer. */
    private static boolean waits(@Nullable JournalEntry earlier) {
        return earlier != null && earlier.state() == CallState.HELD;
    }

    private <T> Opening<T> claim(
            ResolvedCall call, Decision.Allowed allowed, @Nullable JournalEntry earlier, Withdrawal withdrawal) {
        if (givenBack.contains(allowed.decisionId())) {
            return refused(call, new Decision.Denied(CallLog.UNSETTLED, allowed.auditId(), null));
        }
        boolean late = DeadlineGate.isLate(call.call(), clock);
        if (late || !withdrawal.isTooLate()) {
            giveBack(callLog.unused(call, allowed, earlier));
            return refused(call, new Decision.Denied(late ? DeadlineGate.LATE : CANCELLED, allowed.auditId(), null));
        }
        listeners.tell(listener -> listener.decided(call.call(), allowed));
        Claim claim = callLog.start(call, allowed, earlier);
        if (claim instanceof Claim.Lost lost) {
            lost.orphan().ifPresent(this::giveBack);
            return refused(call, new Decision.Denied(lost.reason(), allowed.auditId(), null));
        }
        call.watch().allowed(allowed);
        return new Opening.Started<>(call, ((Claim.Started) claim).entry());
    }

    private void giveBack(JournalEntry neverStarted) {
        givenBack.add(neverStarted.decisionId());
        delivery.handBack(neverStarted);
    }

    /**
     * The line: the tool has run, and from here on nothing is lost and nothing fails the call.
     *
     * @param started the entry under which it ran: started, or in doubt when the call was given up meanwhile
     */
    <T> ToolOutcome<T> account(ResolvedCall call, JournalEntry started, ToolRun<T> ran, ToolBody<T> body) {
        boolean interrupted = Thread.interrupted(); // or journal and network would fail for the caller's interrupt
        try (Scope delivering = call.watch().stage(Stage.DELIVER)) {
            return ran instanceof ToolRun.Threw<T> threw
                    ? failed(call, started, threw)
                    : executed(call, started, body, ((ToolRun.Returned<T>) ran).result());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Leaves a call that is still running in doubt. */
    JournalEntry giveUp(ResolvedCall call, JournalEntry started, String reason, Throwable why) {
        JournalEntry doubtful = delivery.keep(started.inDoubt(reason, clock.instant()));
        listeners.tell(listener -> listener.failed(call.call(), CallReceipt.of(doubtful), why));
        return doubtful;
    }

    private <T> ToolOutcome<T> executed(ResolvedCall call, JournalEntry started, ToolBody<T> body, @Nullable T result) {
        JournalEntry entry = settle(scribe.executed(started, call, () -> body.evidenceOf(result)));
        CallReceipt receipt = CallReceipt.of(entry);
        listeners.tell(listener -> listener.executed(call.call(), receipt));
        PaybondException unpaid = withheld(receipt);
        return unpaid == null ? new Executed<>(result, receipt) : new Failed<>(unpaid, false, receipt);
    }

    private @Nullable PaybondException withheld(CallReceipt receipt) {
        try {
            return authority.withheld(receipt);
        } catch (Throwable e) {
            log.error("the authority could not say whether call {} was paid; its result is given", receipt.callId(), e);
            return null;
        }
    }

    private <T> ToolOutcome<T> failed(ResolvedCall call, JournalEntry started, ToolRun.Threw<T> threw) {
        String what = threw.thrown().getClass().getName();
        JournalEntry entry = settle(
                threw.doubtful() ? started.inDoubt(what, clock.instant()) : started.failed(what, clock.instant()));
        CallReceipt receipt = CallReceipt.of(entry);
        listeners.tell(listener -> listener.failed(call.call(), receipt, threw.thrown()));
        return new Failed<>(threw.thrown(), threw.doubtful(), receipt);
    }

    /** An authority that was out of reach a moment ago is not waited for again. */
    JournalEntry settle(JournalEntry entry) {
        boolean away = entry.spend() == SpendStatus.RECONCILE_DUE;
        return deliveryDeferred || away ? delivery.keep(entry) : delivery.settle(entry);
    }

    private <T> Opening<T> refused(ResolvedCall call, Decision.Denied denied) {
        return new Opening.Answered<>(refuse(call, denied));
    }

    /** A denial of a known call. */
    <T> Refused<T> refuse(ResolvedCall call, Decision.Denied denied) {
        return refuse(call.call(), call.key(), call.facts(), denied);
    }

    /** Keeps a denial and tells it; facts are null when not even the tool is known. */
    <T> Refused<T> refuse(ToolCall call, CallKey key, @Nullable CallFacts facts, Decision.Denied denied) {
        callLog.refused(call, key, facts, denied.reason(), denied.auditId());
        listeners.tell(listener -> listener.decided(call, denied));
        return new Refused<>(denied);
    }

    /** The call waits for a person, unless one answers at once. */
    private <T> Opening<T> hold(ResolvedCall call, Decision.ApprovalRequired wanted, Withdrawal withdrawal) {
        HoldVerdict verdict = approvals.hold(call, wanted);
        if (verdict instanceof HoldVerdict.GoOn goOn) {
            return open(goOn.call(), withdrawal);
        }
        if (verdict instanceof HoldVerdict.Blocked blocked) {
            return refused(call, Decision.Denied.because(blocked.reason()));
        }
        return new Opening.Answered<>(verdict.outcome());
    }
}
