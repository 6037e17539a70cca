package ai.paybond.kit.capability;

import ai.paybond.kit.internal.biscuit.RejectedTokenException;

/** Carries a reason from the step that found it to the one place where it becomes a verdict. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient DenyReason reason;

    Refusal(String code, String message) {
        super(message, null, false, false);
        this.reason = DenyReason.local(code, message);
    }

    static Refusal of(RejectedTokenException rejected) {
        return new Refusal(code(rejected.reason()), String.valueOf(rejected.getMessage()));
    }

    DenyReason reason() {
        return reason;
    }

    /** The same refusal for a caller that asked for a token and not for a verdict. */
    CapabilityException asException() {
        return new CapabilityException(reason.code(), reason.message());
    }

    private static String code(RejectedTokenException.Reason reason) {
        return switch (reason) {
            case MALFORMED -> DenyCodes.CAPABILITY_MALFORMED;
            case UNSUPPORTED -> DenyCodes.CAPABILITY_UNSUPPORTED;
            case LIMIT_EXCEEDED -> DenyCodes.CAPABILITY_LIMIT_EXCEEDED;
            case SIGNATURE_INVALID -> DenyCodes.CAPABILITY_SIGNATURE_INVALID;
            case UNKNOWN_ROOT_KEY -> DenyCodes.CAPABILITY_UNKNOWN_ROOT_KEY;
            case SEALED -> DenyCodes.CAPABILITY_SEALED;
            case THIRD_PARTY_UNKNOWN -> DenyCodes.CAPABILITY_APPROVER_UNKNOWN;
            case MISPLACED -> DenyCodes.CAPABILITY_BLOCK_MISPLACED;
            case NOT_NARROWED -> DenyCodes.CAPABILITY_NOT_NARROWED;
            case CHECK_FAILED -> DenyCodes.CAPABILITY_CHECK_FAILED;
        };
    }
}
