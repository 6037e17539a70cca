package ai.paybond.kit.guard;

import ai.paybond.kit.PaybondException;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.journal.SpendReconciler;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the authority about what ran while it was out of reach, under the key it would have been asked under then. */
final class Reconciliation implements SpendReconciler {
    private static final Logger log = LoggerFactory.getLogger(Reconciliation.class);

    private final AuthorityCheck authority;
    private final Clock clock;

    Reconciliation(AuthorityCheck authority, Clock clock) {
        this.authority = authority;
        this.clock = clock;
    }

    @Override
    public JournalEntry reconcile(JournalEntry ranOffline) {
        Decision answer = authority.askAfterwards(ranOffline);
        if (answer instanceof Decision.Allowed allowed && !allowed.offline()) {
            return ranOffline.reconciled(allowed.auditId(), allowed.decisionId(), clock.instant());
        }
        if (answer instanceof Decision.Denied denied && denied.auditId() == null) {
            throw new PaybondException(denied.reason().code(), "the authority gave no decision on an offline call");
        }
        log.error("call {} ran offline and the authority does not accept it: {}", ranOffline.key(), codeOf(answer));
        return ranOffline.reconciliationRefused(GuardCodes.OFFLINE_REFUSED_ON_RETURN, clock.instant());
    }

    private static String codeOf(Decision answer) {
        return answer instanceof Decision.Denied denied ? denied.reason().code() : "approval_required";
    }
}
