package ai.paybond.kit.wire.recognition;

import java.util.Locale;

/**
 * The answer to a recognition proof: the first check that failed, in the order of {@link RecognitionProof#verify}. Only
 * {@link #VALID} admits the request; the nonce is still to be spent. Source: this library, after Paybond Kit wire
 * format, section 9.
 */
public enum RecognitionVerdict {
    /** Whole, of the registered key, about this request, and alive. */
    VALID,
    /** Signed by another key than the registered one. */
    UNTRUSTED_KEY,
    /** Changed after signing, or never signed. */
    BAD_SIGNATURE,
    /** Made for another tenant. */
    TENANT_MISMATCH,
    /** Made for another verifier than {@link RecognitionProof#DEFAULT_VERIFIER}. */
    VERIFIER_MISMATCH,
    /** Made for another kind of request. */
    PURPOSE_MISMATCH,
    /** Made for another HTTP method. */
    METHOD_MISMATCH,
    /** Made for another path. */
    PATH_MISMATCH,
    /** Made for another body. */
    BODY_MISMATCH,
    /** Issued more than a minute in the future. */
    NOT_YET_VALID,
    /** Its expiry is now or in the past. */
    EXPIRED;

    /** True only for {@link #VALID}. */
    public boolean isValid() {
        return this == VALID;
    }

    /** A stable reason such as {@code recognition.body_mismatch}. */
    public String code() {
        return "recognition." + name().toLowerCase(Locale.ROOT);
    }
}
