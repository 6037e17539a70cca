package ai.paybond.kit.harbor;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.evidence.SignedEvidence;
import ai.paybond.kit.wire.intent.SignedIntent;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Harbor for one tenant, reached directly or through the Gateway. Thread-safe.
 *
 * <p>Every method that uses the network throws {@link HarborHttpException} for an error status,
 * {@link HarborUnreachableException} when no reply came, {@link ProtocolException} for a reply that cannot be used and
 * {@link TenantBindingException} for a reply about another tenant or intent. Transient failures have been retried by then.
 * Identifiers that are not UUIDs are refused before anything is sent, as {@link ConfigurationException}
 * {@code intent_id.invalid}.
 *
 * <p>An idempotency key, 1 to 256 printable characters, makes a repeated write count once; where none is given, one is drawn
 * that covers the retries inside that one call. Through the Gateway, writes to intents carry a recognition proof; without a
 * recognition key they are refused as {@link ConfigurationException} {@code recognition_key.missing}.
 */
public interface HarborClient {
    /** The tenant that the session was opened for. */
    String tenantId();

    /** Asks whether a call may be made. A denial is an answer, not an exception. */
    VerifyResult verify(VerifyRequest request);

    /** Creates an intent from exactly the bytes of {@link SignedIntent#bodyJson()}. */
    CreatedIntent createIntent(SignedIntent intent, @Nullable String idempotencyKey);

    /** Funds an intent, or asks how far its funding is. */
    FundedIntent fund(FundRequest request);

    /**
     * Hands in evidence as exactly the bytes of {@link SignedEvidence#bodyJson()}. Repeating the same signed evidence under
     * the same key is safe; other evidence under that key is answered 409.
     *
     * @throws ConfigurationException {@code tenant.mismatch} when the evidence was signed for another tenant
     */
    EvidenceReceipt submitEvidence(SignedEvidence evidence, @Nullable String idempotencyKey);

    /**
     * As {@link #submitEvidence(SignedEvidence, String)} for evidence that was signed and stored earlier.
     *
     * @param signedBody sent character for character
     */
    EvidenceReceipt submitSignedBody(String intentId, String signedBody, @Nullable String idempotencyKey);

    /** Settles an intent; whether money is released or refunded follows from its evidence. An operator's action. */
    SettlementReceipt confirmSettlement(String intentId, @Nullable String idempotencyKey);

    /**
     * Settles a reservation made by {@link #verify}. Repeating the same outcome is safe.
     *
     * @param decisionId as {@link VerifyResult#decisionId()} gave it; null, as on direct Harbor, means that nothing was
     *     reserved and nothing is done
     */
    void completeDecision(@Nullable String decisionId, SpendOutcome outcome);

    /** Reads an intent. */
    IntentDetail intent(String intentId);

    /** The tenant's intents that pass the filter, read page by page as the stream is consumed. */
    Stream<IntentDetail> intents(IntentFilter filter);

    /** The newest row of the tenant's ledger. */
    LedgerTip ledgerTip();

    /**
     * Rows of the tenant's ledger.
     *
     * @param afterSequence rows with a greater number only; not negative
     * @param limit how many at most, 1 to 256
     */
    LedgerPage ledgerEvents(long afterSequence, int limit);

    /**
     * Rows of the tenant's ledger, oldest first, read page by page as the stream is consumed.
     *
     * @param afterSequence rows with a greater number only; not negative
     */
    Stream<LedgerEntry> ledger(long afterSequence);

    /** The latest signed state of the tenant's ledger; empty while there is none. */
    Optional<LedgerCheckpoint> ledgerCheckpoint();

    /** How a row hangs below the latest signed state; {@link LedgerProof#leadsToRoot()} says whether it does. */
    LedgerProof ledgerProof(long sequence);

    /** What the server says of its own ledger; an operator's question. */
    LedgerVerdict ledgerVerdict();

    /** The key that signs the tenant's ledger, as the server names it. */
    VerifyingKey ledgerAuthority();

    /**
     * Reads the whole ledger and checks, on this side, that it is one unbroken chain signed by one key.
     *
     * @param authority the key to expect; pin one, or pass {@link #ledgerAuthority()} to trust the server's word for it
     */
    LedgerVerification verifyLedger(VerifyingKey authority);
}
