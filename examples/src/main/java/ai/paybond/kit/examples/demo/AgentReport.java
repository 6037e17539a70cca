package ai.paybond.kit.examples.demo;

import static ai.paybond.kit.examples.demo.DemoFailedException.unless;

import ai.paybond.kit.SessionMode;
import ai.paybond.kit.capability.DenyReason.Origin;
import ai.paybond.kit.harbor.SettlementReceipt;
import java.util.Optional;

/**
 * What one agent did.
 *
 * @param calls what its guard decided
 * @param settlement how its intent was settled; empty when there was no evidence to settle by
 */
record AgentReport(SessionMode mode, String intentId, CallTally calls, Optional<SettlementReceipt> settlement) {

    /** What the scripts lead to; see {@link DemoWorld#model} for the difference between the two modes. */
    void requireScriptedOutcome() {
        Origin whoCounts = mode == SessionMode.GATEWAY ? Origin.REMOTE : Origin.LOCAL;
        unless(calls.allowed() == 3, "three calls should have been allowed");
        unless(calls.failed() == 1, "one tool should have failed");
        unless(calls.holdsNothingForFailures(), "the failed call's spend should have been released");
        unless(calls.delivered().size() == 1, "one piece of evidence should have been delivered");
        unless(refused("operation_not_allowed", Origin.LOCAL), "the cancellation should have been refused locally");
        unless(refused("budget_exceeded", whoCounts), "the room in Paris should have been over the budget");
        unless(
                settlement.filter(receipt -> receipt.state().equals("released")).isPresent(),
                "the settlement should have been released");
    }

    private boolean refused(String code, Origin origin) {
        return calls.denials().stream().anyMatch(reason -> reason.code().equals(code) && reason.origin() == origin);
    }
}
