package ai.paybond.kit.journal;

import ai.paybond.kit.evidence.EvidenceEnvelope;
import ai.paybond.kit.harbor.SpendOutcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A target that takes everything, until it is told to fail. */
public class RecordingTarget implements DeliveryTarget {
    public final List<EvidenceEnvelope> delivered = Collections.synchronizedList(new ArrayList<>());
    public final List<String> completions = Collections.synchronizedList(new ArrayList<>());
    public final List<String> attempts = Collections.synchronizedList(new ArrayList<>());
    public volatile @Nullable RuntimeException completeFault;
    public volatile @Nullable RuntimeException deliverFault;
    public volatile Consumer<EvidenceEnvelope> beforeDelivery = envelope -> {};

    @Override
    public void complete(SpendHold hold, SpendOutcome outcome) {
        attempts.add(outcome.text() + " " + hold.decisionId());
        throwIfSet(completeFault);
        completions.add(outcome.text() + " " + hold.decisionId());
    }

    @Override
    public DeliveryReceipt deliver(EvidenceEnvelope evidence) {
        attempts.add("evidence " + evidence.idempotencyKey());
        beforeDelivery.accept(evidence);
        throwIfSet(deliverFault);
        delivered.add(evidence);
        return new DeliveryReceipt("evidence_submitted", true);
    }

    private static void throwIfSet(@Nullable RuntimeException fault) {
        if (fault != null) {
            throw fault;
        }
    }
}
