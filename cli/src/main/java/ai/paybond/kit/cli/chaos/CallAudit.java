package ai.paybond.kit.cli.chaos;

import ai.paybond.kit.cli.chaos.AgentOrder.OrderedCall;
import ai.paybond.kit.evidence.EvidenceEnvelope;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolOutcome;
import ai.paybond.kit.guard.ToolOutcome.Refused;
import ai.paybond.kit.journal.CallKey;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.sandbox.SandboxRecords;
import ai.paybond.kit.sandbox.SandboxRecords.Decision;
import ai.paybond.kit.sandbox.SandboxRecords.DecisionStatus;
import ai.paybond.kit.sandbox.SandboxRecords.Evidence;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What became of one call of a killed process: the journal against the vendor, then a restart, a repetition of the call, a
 * settlement by the vendor's word where it is in doubt, and at last the journal, the vendor and the sandbox against each
 * other.
 */
final class CallAudit {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Set<CallState> OPEN = EnumSet.of(CallState.STARTED, CallState.IN_DOUBT);

    private final AgentSession successor;
    private final Vendor vendor;
    private final SandboxRecords records;
    private final OrderedCall call;
    private final CallKey key;
    private final List<String> violations = new ArrayList<>();

    CallAudit(AgentSession successor, Vendor vendor, SandboxRecords records, OrderedCall call) {
        this.successor = successor;
        this.vendor = vendor;
        this.records = records;
        this.call = call;
        this.key = new CallKey(call.intentId(), call.callId());
    }

    /** @param found the journal's state after the kill, null for nothing */
    record Finding(@Nullable CallState found, List<String> violations) {
        boolean wasInDoubt() {
            return found != null && OPEN.contains(found);
        }
    }

    /** @param killedAt where the process died in this very call; {@link KillPoint#AT_RANDOM} if that is not known */
    Finding conduct(KillPoint killedAt) {
        JournalEntry found = entry();
        CallState state = found == null ? null : found.state();
        int acted = vendor.timesActed(call.callId());
        check(
                killedAt.expects(acted, state),
                "expected " + killedAt.expectation() + "; found " + acted + " and " + state);
        checkAfterKill(state, acted);
        try (ToolGuard guard = successor.guard(call)) {
            guard.retryPending();
            checkRepetition(state, successor.make(guard, call));
            settle(guard);
            check(guard.drain(PATIENCE).isComplete(), "something is still pending");
        }
        checkEnd(found == null ? null : found.envelope());
        return new Finding(state, List.copyOf(violations));
    }

    private void checkAfterKill(@Nullable CallState state, int acted) {
        boolean mayHaveRun = state != null && state.mayHaveRun();
        check(acted == 0 || mayHaveRun, "the tool acted and the journal does not know that it may have");
        check(state != CallState.FAILED || acted == 0, "the tool acted and is journaled as failed");
        check(
                mayHaveRun || evidence().isEmpty(),
                "the sandbox has evidence of a call that, as the journal says, did not run");
        check(state != CallState.STARTED || evidence().isEmpty(), "evidence was sent before it was journaled");
    }

    private void checkRepetition(@Nullable CallState before, ToolOutcome<?> repeated) {
        if (before == null || !before.mayHaveRun()) {
            check(!(repeated instanceof Refused), "a call that never ran cannot be made: " + repeated);
            return;
        }
        String expected = OPEN.contains(before) ? "call.in_doubt" : "call.already_ran";
        boolean refused = repeated instanceof Refused<?> denied
                && denied.decision().reason().code().equals(expected);
        check(refused, "the repetition was not refused as " + expected + " but gave " + repeated);
    }

    /** As a person would who has asked the vendor. */
    private void settle(ToolGuard guard) {
        JournalEntry now = entry();
        if (now == null || !OPEN.contains(now.state())) {
            return;
        }
        if (vendor.timesActed(call.callId()) > 0) {
            guard.settleExecuted(call.callId(), JsonObject.of(AgentSession.evidence(call)));
        } else {
            guard.settleNotExecuted(call.callId());
        }
    }

    private void checkEnd(@Nullable EvidenceEnvelope signedBeforeTheKill) {
        int acted = vendor.timesActed(call.callId());
        JournalEntry end = entry();
        check(acted <= 1, "the tool acted " + acted + " times");
        check(
                evidence().size() == acted,
                "acted " + acted + " times, proved " + evidence().size() + " times");
        check(
                end != null && end.state() == (acted == 0 ? CallState.FAILED : CallState.DELIVERED),
                "acted " + acted + " times and ended as " + (end == null ? "nothing" : end.state()));
        List<DecisionStatus> spends = decisions().map(Decision::status).toList();
        DecisionStatus right = acted == 0 ? DecisionStatus.RELEASED : DecisionStatus.CONSUMED;
        check(spends.equals(List.of(right)), "acted " + acted + " times and the spends are " + spends);
        evidence().forEach(kept -> checkEvidence(kept, signedBeforeTheKill));
    }

    private void checkEvidence(Evidence kept, @Nullable EvidenceEnvelope signedBeforeTheKill) {
        check(
                kept.payload().equals(JsonObject.of(AgentSession.evidence(call))),
                "the sandbox has other evidence than the tool gave: " + kept.payload());
        check(
                signedBeforeTheKill == null || signedBeforeTheKill.submittedAt().equals(kept.submittedAt()),
                "the evidence was signed anew");
    }

    private @Nullable JournalEntry entry() {
        Optional<JournalEntry> entry = successor.journal().find(key);
        return entry.orElse(null);
    }

    private List<Evidence> evidence() {
        return records.evidence(call.intentId());
    }

    private Stream<Decision> decisions() {
        return records.decisions().stream()
                .filter(decision -> decision.intentId().equals(call.intentId()));
    }

    private void check(boolean holds, String violation) {
        if (!holds) {
            violations.add(call + ": " + violation);
        }
    }
}
