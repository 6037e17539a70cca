package ai.paybond.kit.funding;

import ai.paybond.kit.PaybondException;

/**
 * A server asked for something else than was agreed, or in a form that cannot be read. When this is thrown about a challenge,
 * no signer has seen it.
 */
public final class FundingException extends PaybondException {
    private static final long serialVersionUID = 1L;

    FundingException(String code, String message) {
        super(code, message);
    }
}
