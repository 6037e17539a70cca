package ai.paybond.kit.nevermined.charge;

import ai.paybond.kit.evidence.EvidenceEnvelope;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.nevermined.SettlementReceipt;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One settle as the journal has it.
 *
 * @param requestId the request it charges for
 * @param attempt counts the times it was sent, from 1; an attempt follows only one that certainly charged nothing
 * @param planId the plan that pays
 * @param credits what was asked for
 * @param code why it failed or is not known; null while it is under way and when it went well
 * @param receipt what the backend said, if it settled
 * @param changedAt when this was written
 */
public record ChargeRecord(
        String requestId,
        int attempt,
        String planId,
        long credits,
        Status status,
        @Nullable String code,
        @Nullable SettlementReceipt receipt,
        Instant changedAt) {
    /** How it stands. */
    public enum Status {
        /** Being sent, or the process died while it was. */
        STARTED,
        /** Credits were burned. */
        SETTLED,
        /** Nothing was burned. */
        FAILED,
        /** Nobody knows. */
        UNKNOWN
    }

    static ChargeRecord of(JournalEntry entry) {
        EvidenceEnvelope envelope = entry.envelope();
        return new ChargeRecord(
                ChargeBook.requestId(entry.key()),
                ChargeBook.attempt(entry.key()),
                entry.facts().operation(),
                entry.facts().spendCents(),
                status(entry),
                entry.reasonCode(),
                envelope == null ? null : new SettlementReceipt(envelope.payload()),
                entry.changedAt());
    }

    private static Status status(JournalEntry entry) {
        return switch (entry.state()) {
            case STARTED -> Status.STARTED;
            case EXECUTED, DELIVERED, REJECTED -> Status.SETTLED;
            case FAILED, DENIED, HELD, AUTHORIZED -> Status.FAILED;
            case IN_DOUBT -> Status.UNKNOWN;
        };
    }
}
