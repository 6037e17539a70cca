package ai.paybond.kit.guard;

import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.ClaimResult;
import ai.paybond.kit.journal.ForwardingJournal;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.journal.SpendBudget;
import java.util.ArrayList;
import java.util.List;

/** The journal as one run sees it: every call that starts is charged to the run's limits, and to those above it. */
final class ChargedJournal extends ForwardingJournal {
    private final CallJournal journal;
    private final List<SpendBudget> budgets;

    private ChargedJournal(CallJournal journal, List<SpendBudget> budgets) {
        this.journal = journal;
        this.budgets = budgets;
    }

    static CallJournal of(CallJournal journal, GuardRun run) {
        return run.budgets().isEmpty() ? journal : new ChargedJournal(journal, run.budgets());
    }

    @Override
    public ClaimResult claim(JournalEntry started, List<SpendBudget> further) {
        List<SpendBudget> all = new ArrayList<>(budgets);
        all.addAll(further);
        return journal.claim(started, all);
    }

    @Override
    protected CallJournal journal() {
        return journal;
    }
}
