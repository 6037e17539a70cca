package ai.paybond.kit.springai.autoconfigure.actuate;

import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.JournalEntry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A guarded call as an operator sees it: no argument, no result, no evidence.
 *
 * @param intentId the intent that pays
 * @param callId the call's id within it
 * @param tool the tool as the host names it
 * @param operation the operation that the capability grants
 * @param state where the call stands
 * @param spendCents what was asked for, in cents
 * @param spend what became of the spend
 * @param evidence what became of the evidence
 * @param reason the stable code of why it stands so, if there is one
 * @param changedAt when it last changed
 */
public record GuardedCallView(
        String intentId,
        String callId,
        String tool,
        String operation,
        CallState state,
        long spendCents,
        String spend,
        String evidence,
        @Nullable String reason,
        Instant changedAt) {

    static GuardedCallView of(JournalEntry entry) {
        return new GuardedCallView(
                entry.key().intentId(),
                entry.key().callId(),
                entry.facts().toolName(),
                entry.facts().operation(),
                entry.state(),
                entry.facts().spendCents(),
                entry.spend().name(),
                entry.evidence().name(),
                entry.reasonCode(),
                entry.changedAt());
    }
}
