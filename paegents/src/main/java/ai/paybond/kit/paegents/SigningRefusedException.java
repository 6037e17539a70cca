package ai.paybond.kit.paegents;

import ai.paybond.kit.wire.WireException;

/** Something that must not be signed: it differs from what was agreed, or it is out of date. Nothing was signed. */
public final class SigningRefusedException extends WireException {
    private static final long serialVersionUID = 1L;

    public SigningRefusedException(String code, String message) {
        super(code, message);
    }

    /** @throws SigningRefusedException unless the condition holds */
    public static void require(boolean condition, String code, String message) {
        if (!condition) {
            throw new SigningRefusedException(code, message);
        }
    }
}
