package ai.paybond.kit.journal;

import ai.paybond.kit.fuzz.Lincheck;
import java.time.Instant;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** However threads meet, the journal in memory claims, charges and gives back as if they had come one after another. */
@Param(name = "call", gen = IntGen.class, conf = "0:2")
@Param(name = "cents", gen = IntGen.class, conf = "1:3")
public class JournalLincheckTest {
    private static final Instant T0 = Instant.parse("2026-11-21T10:00:00Z");
    private static final List<SpendBudget> BUDGETS = List.of(new SpendBudget("run", 5), new SpendBudget("day", 7));

    private final InMemoryCallJournal journal = new InMemoryCallJournal();

    private static CallKey key(int call) {
        return new CallKey("intent-1", "c" + call);
    }

    private static JournalEntry started(int call, long cents) {
        CallFacts facts = new CallFacts("tenant-a", "book", "travel.book", "digest", cents);
        return JournalEntry.started(key(call), facts, null, null, "decision", T0);
    }

    @Operation
    public String claim(@Param(name = "call") int call, @Param(name = "cents") int cents) {
        ClaimResult result = journal.claim(started(call, cents), BUDGETS);
        return result instanceof ClaimResult.InTheWay other
                ? "in the way: " + other.entry().state() + " for "
                        + other.entry().facts().spendCents()
                : result.toString();
    }

    @Operation
    public boolean fail(@Param(name = "call") int call) {
        return journal.record(started(call, 1).failed("x", T0));
    }

    @Operation
    public long charged() {
        return journal.chargedCents("run");
    }

    @Operation
    public String state(@Param(name = "call") int call) {
        return journal.find(key(call)).map(entry -> entry.state().name()).orElse("none");
    }

    @Test
    void answersAsIfNobodyElseWereThere() {
        Lincheck.stress(JournalLincheckTest.class);
    }
}
