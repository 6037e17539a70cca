package ai.paybond.kit.cli.chaos;

import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.ClaimResult;
import ai.paybond.kit.journal.ForwardingJournal;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.journal.SpendBudget;
import ai.paybond.kit.journal.SpendStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A journal whose process can be killed before and after each thing that it keeps. */
final class DoomedJournal extends ForwardingJournal {
    private final CallJournal journal;
    private final KillSwitch kill;

    DoomedJournal(CallJournal journal, KillSwitch kill) {
        this.journal = journal;
        this.kill = kill;
    }

    @Override
    public ClaimResult claim(JournalEntry started, List<SpendBudget> budgets) {
        kill.reach(KillPoint.BEFORE_CLAIM);
        ClaimResult result = journal.claim(started, budgets);
        kill.reach(KillPoint.AFTER_CLAIM);
        return result;
    }

    @Override
    public boolean record(JournalEntry entry) {
        reach(before(entry));
        boolean kept = journal.record(entry);
        reach(after(entry));
        return kept;
    }

    private void reach(@Nullable KillPoint point) {
        if (point != null) {
            kill.reach(point);
        }
    }

    private static @Nullable KillPoint before(JournalEntry entry) {
        return switch (entry.state()) {
            case EXECUTED -> isFirst(entry) ? KillPoint.BEFORE_RECORD_EXECUTED : null;
            case DELIVERED -> KillPoint.BEFORE_RECORD_DELIVERED;
            case FAILED -> isFirst(entry) ? KillPoint.BEFORE_RECORD_FAILED : null;
            case IN_DOUBT -> KillPoint.BEFORE_RECORD_IN_DOUBT;
            case DENIED, HELD, AUTHORIZED, STARTED, REJECTED -> null;
        };
    }

    private static @Nullable KillPoint after(JournalEntry entry) {
        return switch (entry.state()) {
            case EXECUTED -> isFirst(entry) ? KillPoint.AFTER_RECORD_EXECUTED : KillPoint.AFTER_RECORD_CONSUMED;
            case DELIVERED -> KillPoint.AFTER_RECORD_DELIVERED;
            case FAILED -> isFirst(entry) ? KillPoint.AFTER_RECORD_FAILED : KillPoint.AFTER_RECORD_RELEASED;
            case IN_DOUBT -> KillPoint.AFTER_RECORD_IN_DOUBT;
            case DENIED, HELD, AUTHORIZED, STARTED, REJECTED -> null;
        };
    }

    /** Whether the authority has not been told yet what became of the spend. */
    private static boolean isFirst(JournalEntry entry) {
        return entry.spend() == SpendStatus.CONSUME_DUE || entry.spend() == SpendStatus.RELEASE_DUE;
    }

    @Override
    protected CallJournal journal() {
        return journal;
    }
}
