package ai.paybond.kit.cli;

import ai.paybond.kit.Paybond;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.evidence.EvidenceSealer;
import ai.paybond.kit.evidence.PayeeIdentity;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallKey;
import ai.paybond.kit.journal.DeliveryReport;
import ai.paybond.kit.journal.EvidenceDelivery;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.wire.evidence.EvidenceVersion;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A session in which a person settles journaled calls. Closing it leaves the journal open. */
final class JournalDesk implements AutoCloseable {
    private final CallJournal journal;
    private final PaybondOptions options;
    private final Paybond paybond;

    private JournalDesk(CallJournal journal, PaybondOptions options) {
        this.journal = journal;
        this.options = options;
        this.paybond = Paybond.open(options);
    }

    /** @param environment see {@link PaybondOptions#fromEnvironment} */
    static JournalDesk open(CallJournal journal, Map<String, String> environment) {
        return new JournalDesk(
                journal,
                PaybondOptions.fromEnvironment(environment).toBuilder()
                        .journal(journal)
                        .backgroundDelivery(false)
                        .closeTimeout(Duration.ZERO)
                        .build());
    }

    /** Has one parked call tried again. */
    JournalEntry retry(CallKey call) {
        return paybond.retryDelivery(call);
    }

    /** Tries everything that the session's tenant owes once. */
    DeliveryReport retryPending() {
        PayeeIdentity payee = options.payee();
        EvidenceSealer sealer =
                payee == null ? EvidenceSealer.managed() : EvidenceSealer.payee(payee, EvidenceVersion.V2);
        return EvidenceDelivery.builder(journal, paybond.authority(), sealer)
                .tenantId(paybond.tenantId())
                .clock(options.clock())
                .build()
                .retryPending();
    }

    /**
     * Settles a call in doubt.
     *
     * @param evidence what its result would have proved; null when it did not happen
     */
    void settle(CallKey call, @Nullable JsonObject evidence) {
        if (evidence == null) {
            paybond.settleNotExecuted(call);
        } else {
            paybond.settleExecuted(call, evidence);
        }
    }

    @Override
    public void close() {
        paybond.close();
    }
}
