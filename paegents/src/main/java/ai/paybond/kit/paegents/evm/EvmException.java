package ai.paybond.kit.paegents.evm;

import ai.paybond.kit.wire.WireException;

/** A value, type or signature that is not what Ethereum's formats allow. The message never quotes it. */
public final class EvmException extends WireException {
    private static final long serialVersionUID = 1L;

    EvmException(String code, String message) {
        super(code, message);
    }

    static void require(boolean condition, String code, String message) {
        if (!condition) {
            throw new EvmException(code, message);
        }
    }
}
