package ai.paybond.kit.harbor;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.evidence.EvidenceStatement;
import ai.paybond.kit.wire.evidence.EvidenceVersion;
import ai.paybond.kit.wire.evidence.SignedEvidence;
import ai.paybond.kit.wire.intent.IntentVersion;
import ai.paybond.kit.wire.intent.SignedIntent;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Intents and evidence with the signing done. Thread-safe. Everything sent is signed once; the retries inside a call send
 * the same bytes. A caller who wants to repeat a whole call keeps what {@link #sign} returned and hands that in again.
 *
 * <p>What cannot be signed, such as a missing payee key or a malformed artifact digest, is refused before anything is sent,
 * as {@link ConfigurationException} with the code of the wire format. Network failures are those of {@link HarborClient}.
 */
public final class Intents {
    private final HarborClient harbor;
    private final IntentVersion intentVersion;
    private final EvidenceVersion evidenceVersion;
    private final Clock clock;

    /**
     * @param harbor where to send
     * @param intentVersion the generation of intents that name none
     * @param evidenceVersion the generation of evidence that names none
     * @param clock the time of evidence that names none
     */
    public Intents(HarborClient harbor, IntentVersion intentVersion, EvidenceVersion evidenceVersion, Clock clock) {
        this.harbor = harbor;
        this.intentVersion = intentVersion;
        this.evidenceVersion = evidenceVersion;
        this.clock = clock;
    }

    /** Signs and creates an intent. */
    public CreatedIntent create(IntentRequest request) {
        SignedIntent intent = sign(request);
        String given = request.idempotencyKey();
        return harbor.createIntent(intent, given == null ? keyOf("intent", intent.bodyJson()) : given);
    }

    /** Signs an intent as its principal. */
    public SignedIntent sign(IntentRequest request) {
        return signed(() -> request.statement(harbor.tenantId())
                .sign(request.principal().signer(), request.version(intentVersion)));
    }

    /** Signs evidence and hands it in. Calling this again signs again, with another time unless one was given. */
    public EvidenceReceipt submitEvidence(EvidenceSubmission submission) {
        SignedEvidence evidence = sign(submission);
        return submitEvidence(evidence, keyOf("evidence", evidence.bodyJson()));
    }

    /** Hands in evidence that was signed before; safe to repeat under the same key. */
    public EvidenceReceipt submitEvidence(SignedEvidence evidence, @Nullable String idempotencyKey) {
        return harbor.submitEvidence(evidence, idempotencyKey);
    }

    /** Signs evidence as the payee. */
    public SignedEvidence sign(EvidenceSubmission submission) {
        Instant at = submission.submittedAt() == null ? clock.instant() : submission.submittedAt();
        EvidenceVersion version = submission.version() == null ? evidenceVersion : submission.version();
        return signed(() -> new EvidenceStatement(
                        harbor.tenantId(),
                        submission.intentId(),
                        submission.payeeDid(),
                        submission.payload(),
                        submission.artifactsBlake3Hex(),
                        at.truncatedTo(ChronoUnit.SECONDS).toString())
                .sign(submission.payee(), version));
    }

    /** Funds an intent, or asks how far its funding is. */
    public FundedIntent fund(FundRequest request) {
        return harbor.fund(request);
    }

    /** Settles an intent by its stored evidence; an operator's action. */
    public SettlementReceipt confirmSettlement(String intentId) {
        return harbor.confirmSettlement(intentId, null);
    }

    /** Equal bytes count once; a corrected request never meets the answer to the one before it. */
    private static String keyOf(String what, String body) {
        return what + ":"
                + Digest32.sha256(body.getBytes(StandardCharsets.UTF_8)).hex();
    }

    private static <T> T signed(Supplier<T> signing) {
        try {
            return signing.get();
        } catch (WireException e) {
            throw new ConfigurationException(e.code(), "this cannot be signed: " + e.getMessage(), e);
        }
    }
}
