package ai.paybond.kit.guard;

import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.journal.JournalQuery;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls of one intent whose outcome nobody knows: those in doubt, and those that a dead process left started. */
final class InDoubtCalls {
    private static final Logger log = LoggerFactory.getLogger(InDoubtCalls.class);
    private static final int AT_A_TIME = 1_000;

    private final CallJournal journal;
    private final String tenantId;
    private final String intentId;
    private final Clock clock;
    private final Listeners listeners;
    private final @Nullable InDoubtResolver resolver;

    InDoubtCalls(ToolGuardBuilder parts, Listeners listeners) {
        this.journal = parts.journal;
        this.tenantId = parts.tenantId;
        this.intentId = parts.binding.intentId();
        this.clock = parts.clock;
        this.listeners = listeners;
        this.resolver = parts.inDoubtResolver;
    }

    /** Reports each, asks the resolver about it and has the guard settle what is known. Runs nothing again. */
    List<JournalEntry> resolve(ToolGuard guard) {
        List<JournalEntry> left = new ArrayList<>();
        for (JournalEntry doubtful : found()) {
            log.warn("call {} is in doubt: its tool may or may not have acted", doubtful.key());
            listeners.tell(listener -> listener.inDoubt(doubtful));
            if (!isSettled(guard, doubtful)) {
                left.add(doubtful);
            }
        }
        return left;
    }

    private List<JournalEntry> found() {
        try {
            List<JournalEntry> calls =
                    new ArrayList<>(journal.list(new JournalQuery(Set.of(CallState.IN_DOUBT), intentId, AT_A_TIME)));
            journal.abandoned(tenantId, clock.instant(), AT_A_TIME).stream()
                    .filter(entry -> entry.key().intentId().equals(intentId))
                    .forEach(calls::add);
            return calls;
        } catch (Throwable e) {
            log.error("the journal cannot tell which calls are in doubt", e);
            return List.of();
        }
    }

    private boolean isSettled(ToolGuard guard, JournalEntry doubtful) {
        InDoubtResolver asked = resolver;
        if (asked == null) {
            return false;
        }
        try {
            String callId = doubtful.key().callId();
            InDoubtResolver.Finding finding = asked.resolve(doubtful);
            if (finding instanceof InDoubtResolver.Finding.Executed executed) {
                guard.settleExecuted(callId, executed.evidence());
                return true;
            }
            if (finding instanceof InDoubtResolver.Finding.NotExecuted) {
                guard.settleNotExecuted(callId);
                return true;
            }
        } catch (Throwable e) {
            log.error("call {} stays in doubt, the resolver failed", doubtful.key(), e);
        }
        return false;
    }
}
