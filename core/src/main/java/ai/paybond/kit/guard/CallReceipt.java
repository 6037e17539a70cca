package ai.paybond.kit.guard;

import ai.paybond.kit.evidence.EvidenceEnvelope;
import ai.paybond.kit.evidence.EvidenceStatus;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.DeliveryReceipt;
import ai.paybond.kit.journal.JournalEntry;
import org.jspecify.annotations.Nullable;

/**
 * How a call that ran stands with journal and authority at the moment it was answered.
 *
 * @param callId the host's id, or the one that was drawn
 * @param toolName the tool as the host names it
 * @param operation the operation that the capability grants
 * @param intentId the intent that pays
 * @param spendCents what was authorized, in cents
 * @param state where the call stands
 * @param auditId the authority's audit id, if it gave one
 * @param decisionId the authority's spend decision, if it made one
 * @param evidence how far the evidence has come
 * @param predicatePassed whether the intent's predicate held; null while that is not known
 * @param payloadDigestHex BLAKE3 of the canonical evidence payload; null without evidence
 * @param replayed whether this answers a repetition and the tool did not run again
 */
public record CallReceipt(
        String callId,
        String toolName,
        String operation,
        String intentId,
        long spendCents,
        CallState state,
        @Nullable String auditId,
        @Nullable String decisionId,
        EvidenceStatus evidence,
        @Nullable Boolean predicatePassed,
        @Nullable String payloadDigestHex,
        boolean replayed) {

    static CallReceipt of(JournalEntry entry) {
        EvidenceEnvelope envelope = entry.envelope();
        DeliveryReceipt receipt = entry.receipt();
        return new CallReceipt(
                entry.key().callId(),
                entry.facts().toolName(),
                entry.facts().operation(),
                entry.key().intentId(),
                entry.facts().spendCents(),
                entry.state(),
                entry.auditId(),
                entry.decisionId(),
                entry.evidence(),
                receipt == null ? null : receipt.predicatePassed(),
                envelope == null ? null : envelope.payloadDigestHex(),
                false);
    }

    CallReceipt asReplay() {
        return new CallReceipt(
                callId,
                toolName,
                operation,
                intentId,
                spendCents,
                state,
                auditId,
                decisionId,
                evidence,
                predicatePassed,
                payloadDigestHex,
                true);
    }

    /** Whether the tool returned but its evidence is not with the authority: unmapped, refused, or still on its way. */
    public boolean hasEvidenceTrouble() {
        return switch (evidence) {
            case PENDING, REJECTED, UNMAPPED -> true;
            case NONE, DELIVERED -> false;
        };
    }
}
