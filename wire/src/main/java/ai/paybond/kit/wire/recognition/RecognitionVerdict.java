package ai.paybond.kit.wire.recognition;

import java.util.Locale;

/** The answer to a recognition proof. Only {@link #VALID} admits the request; the nonce is still to be spent. */
public enum RecognitionVerdict {
    VALID,
    /** Signed by another key than the registered one. */
    UNTRUSTED_KEY,
    /** Changed after signing, or never signed. */
    BAD_SIGNATURE,
    TENANT_MISMATCH,
    VERIFIER_MISMATCH,
    PURPOSE_MISMATCH,
    METHOD_MISMATCH,
    PATH_MISMATCH,
    BODY_MISMATCH,
    /** Issued more than a minute in the future. */
    NOT_YET_VALID,
    EXPIRED;

    public boolean isValid() {
        return this == VALID;
    }

    /** A stable reason such as {@code recognition.body_mismatch}. */
    public String code() {
        return "recognition." + name().toLowerCase(Locale.ROOT);
    }
}
