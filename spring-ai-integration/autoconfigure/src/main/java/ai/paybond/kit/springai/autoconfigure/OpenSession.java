package ai.paybond.kit.springai.autoconfigure;

import ai.paybond.kit.Paybond;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallKey;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.journal.JournalQuery;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * The session and the journal as far as the application has opened them; asking opens neither. What it shows of the journal
 * are the calls of the session's own tenant. Thread-safe.
 */
public final class OpenSession {

    private final ConfigurableListableBeanFactory beans;
    private final Clock clock;

    OpenSession(ConfigurableListableBeanFactory beans, Clock clock) {
        this.beans = beans;
        this.clock = clock;
    }

    /** The session; empty before it is opened, and in an application that guards without one. */
    public Optional<Paybond> session() {
        return opened(Paybond.class);
    }

    /** How it was opened. */
    public Optional<PaybondOptions> options() {
        return opened(PaybondOptions.class);
    }

    private Optional<CallJournal> journal() {
        return options().map(PaybondOptions::journal);
    }

    /** Calls that stand so, the last changed first; at most so many are looked at. */
    public List<JournalEntry> calls(CallState state, int limit) {
        return journal()
                .map(journal -> own(journal.list(new JournalQuery(Set.of(state), null, limit))))
                .orElse(List.of());
    }

    /** Calls for which the authority is still to be told something; at most so many are looked at. */
    public List<JournalEntry> owed(int limit) {
        return journal().map(journal -> own(journal.pending(null, limit))).orElse(List.of());
    }

    /** Calls in doubt, and those that a dead process left started. */
    public List<JournalEntry> doubtful(int limit) {
        List<JournalEntry> doubtful = new ArrayList<>(calls(CallState.IN_DOUBT, limit));
        journal().ifPresent(journal -> session()
                .ifPresent(session -> doubtful.addAll(journal.abandoned(session.tenantId(), clock.instant(), limit))));
        return doubtful;
    }

    /** One call. */
    public Optional<JournalEntry> find(CallKey call) {
        return journal().flatMap(journal -> journal.find(call)).filter(this::isOwn);
    }

    private List<JournalEntry> own(List<JournalEntry> entries) {
        return entries.stream().filter(this::isOwn).toList();
    }

    private boolean isOwn(JournalEntry entry) {
        @Nullable String tenant = session().map(Paybond::tenantId).orElse(null);
        return entry.facts().tenantId().equals(tenant);
    }

    private <T> Optional<T> opened(Class<T> type) {
        for (String name : beans.getBeanNamesForType(type, true, false)) {
            if (beans.containsSingleton(name)) {
                return Optional.of(beans.getBean(name, type));
            }
        }
        return Optional.empty();
    }
}
