package ai.paybond.kit.capability;

import ai.paybond.kit.PaybondException;

/**
 * A token could not be read or narrowed. Its {@link #code()} is one of {@link DenyCodes}. A verifier never throws it: it
 * answers with a verdict.
 */
public final class CapabilityException extends PaybondException {

    private static final long serialVersionUID = 1L;

    CapabilityException(String code, String message) {
        super(code, message);
    }
}
