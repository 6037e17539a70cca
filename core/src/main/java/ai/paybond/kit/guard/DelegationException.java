package ai.paybond.kit.guard;

import ai.paybond.kit.PaybondException;

/** Authority was not handed on, because it would not have become less. Its code is one of {@link GuardCodes}. */
public final class DelegationException extends PaybondException {
    private static final long serialVersionUID = 1L;

    DelegationException(String code, String message) {
        super(code, message);
    }
}
