package ai.paybond.kit.harbor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of the tenant's ledger, oldest first.
 *
 * @param entries the rows
 * @param nextAfterSequence what to ask for next; absent when this is the last page
 */
public record LedgerPage(
        List<LedgerEntry> entries, @Nullable Long nextAfterSequence) {
    public LedgerPage {
        entries = List.copyOf(entries);
    }
}
