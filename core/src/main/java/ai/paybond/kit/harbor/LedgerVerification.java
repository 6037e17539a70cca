package ai.paybond.kit.harbor;

import org.jspecify.annotations.Nullable;

/**
 * What a reading of the whole ledger showed.
 *
 * @param intact whether every check passed
 * @param entries how many rows were read, the faulty one included
 * @param code the first fault: {@code ledger.gap} (a row is missing or out of order), {@code ledger.chain} (a row does not
 *     follow from the one before), {@code ledger.commitment} (a row was altered), {@code ledger.issuer} (another key),
 *     {@code ledger.signature}, {@code ledger.tip} (the tip is not the last row); absent when intact
 * @param faultySequence the row at which the fault showed; absent when intact
 */
public record LedgerVerification(
        boolean intact,
        long entries,
        @Nullable String code,
        @Nullable Long faultySequence) {

    static LedgerVerification intact(long entries) {
        return new LedgerVerification(true, entries, null, null);
    }

    static LedgerVerification broken(long entries, String code, long sequence) {
        return new LedgerVerification(false, entries, code, sequence);
    }
}
