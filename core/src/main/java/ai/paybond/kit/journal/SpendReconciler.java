package ai.paybond.kit.journal;

/** Tells the authority about what was spent while it was out of reach. Implementations are thread-safe. */
@FunctionalInterface
public interface SpendReconciler {

    /**
     * Asks the authority to decide on a spend after the fact. May be asked more than once for the same call, also after a
     * restart, and must then ask under the same key.
     *
     * @param ranOffline an entry whose spend is {@link SpendStatus#RECONCILE_DUE}
     * @return the entry as {@linkplain JournalEntry#reconciled reconciled} or
     *     {@linkplain JournalEntry#reconciliationRefused refused}
     * @throws RuntimeException when the authority cannot be asked now
     */
    JournalEntry reconcile(JournalEntry ranOffline);
}
