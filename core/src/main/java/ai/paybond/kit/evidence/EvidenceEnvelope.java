package ai.paybond.kit.evidence;

import ai.paybond.kit.wire.evidence.SignedEvidence;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The evidence of one executed call as it is kept and sent: what it proves, and the exact bytes once they are signed.
 *
 * @param context which call it belongs to
 * @param payload the mapped result
 * @param payloadDigestHex BLAKE3 of the canonical payload, 64 lower-case hex digits
 * @param submittedAt RFC 3339, whole seconds, UTC; fixed when the tool had run and never renewed
 * @param seal whether it is ready to be sent
 * @param signedBody the request body in the Paybond Kit wire format, sent character for character on every attempt;
 *     present exactly when the seal is {@link EvidenceSeal#PAYEE_SIGNED}
 */
public record EvidenceEnvelope(
        EvidenceContext context,
        JsonObject payload,
        String payloadDigestHex,
        String submittedAt,
        EvidenceSeal seal,
        @Nullable String signedBody) {

    /** @throws IllegalArgumentException when a body is given without a signature, or the other way round */
    public EvidenceEnvelope {
        Objects.requireNonNull(context, "context");
        if ((signedBody != null) != (seal == EvidenceSeal.PAYEE_SIGNED)) {
            throw new IllegalArgumentException("exactly a signed envelope has a signed body");
        }
    }

    /** Whether it can be sent as it is. */
    public boolean isSealed() {
        return seal != EvidenceSeal.OWED;
    }

    /** The key under which every attempt is sent. */
    public String idempotencyKey() {
        return context.idempotencyKey();
    }

    /**
     * Reads the signed body back.
     *
     * @throws IllegalStateException when the envelope is not signed by a payee
     * @throws ai.paybond.kit.wire.WireException when the kept bytes are damaged
     */
    public SignedEvidence signed() {
        if (signedBody == null) {
            throw new IllegalStateException("this evidence is not signed by a payee");
        }
        return SignedEvidence.fromBody(context.tenantId(), context.intentId(), JsonObject.parse(signedBody));
    }

    /** The same evidence with the bytes that the payee signed. */
    public EvidenceEnvelope signedAs(String body) {
        return new EvidenceEnvelope(context, payload, payloadDigestHex, submittedAt, EvidenceSeal.PAYEE_SIGNED, body);
    }

    /** The same evidence, to be sent without a payee's signature. */
    public EvidenceEnvelope managed() {
        return new EvidenceEnvelope(context, payload, payloadDigestHex, submittedAt, EvidenceSeal.MANAGED, null);
    }

    /** Leaves payload and body out, since they may hold personal data. */
    @Override
    public String toString() {
        return "EvidenceEnvelope[context=" + context + ", payloadDigestHex=" + payloadDigestHex + ", submittedAt="
                + submittedAt + ", seal=" + seal + "]";
    }
}
