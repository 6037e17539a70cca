package ai.paybond.kit.journal;

import ai.paybond.kit.evidence.EvidenceEnvelope;
import ai.paybond.kit.harbor.SpendOutcome;

/**
 * Where spends are completed and evidence is delivered. Both methods may be called more than once for the same thing,
 * also after a restart, and must be idempotent at the authority. Implementations are thread-safe.
 */
public interface DeliveryTarget {

    /**
     * Tells the authority what became of a reservation. Returning means that it knows.
     *
     * @throws DeliveryRejectedException when it will never accept this
     * @throws RuntimeException when it may accept this later
     */
    void complete(SpendHold hold, SpendOutcome outcome);

    /**
     * Delivers sealed evidence: for {@link ai.paybond.kit.evidence.EvidenceSeal#PAYEE_SIGNED} exactly
     * {@link EvidenceEnvelope#signedBody()}, always under {@link EvidenceEnvelope#idempotencyKey()}. Returning means that
     * the authority has it.
     *
     * @throws DeliveryRejectedException when it will never accept this
     * @throws RuntimeException when it may accept this later
     */
    DeliveryReceipt deliver(EvidenceEnvelope evidence);
}
