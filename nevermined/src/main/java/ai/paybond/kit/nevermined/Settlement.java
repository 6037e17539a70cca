package ai.paybond.kit.nevermined;

import ai.paybond.kit.nevermined.internal.NoReplyException;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * How charging came out. {@link Unknown} is neither of the others: the payer may have been charged, and settling again may charge
 * twice, because nothing says that the backend recognises a repetition.
 */
public sealed interface Settlement {
    /** Reads a reply: 4xx is a definite failure, but 408; other error statuses and unreadable replies are unknown. */
    static Settlement of(int status, byte[] body) {
        if (status < 200 || status >= 300) {
            return failed(status, BackendError.of(status, body));
        }
        try {
            return of(new SettlementReceipt(JsonObject.parse(body)));
        } catch (WireException e) {
            return new Unknown("reply.malformed", false, null);
        }
    }

    private static Settlement of(SettlementReceipt receipt) {
        if (receipt.json().bool("success").isEmpty()) {
            return new Unknown("reply.malformed", false, null);
        }
        return receipt.success() ? new Settled(receipt) : new Failed("settlement_failed", false, receipt, null);
    }

    private static Settlement failed(int status, BackendError error) {
        boolean isDefinite = status >= 400 && status < 500 && status != 408;
        return isDefinite
                ? new Failed(error.code(), error.retryable(), null, error)
                : new Unknown(error.code(), error.retryable(), error);
    }

    static Settlement unanswered(NoReplyException failure) {
        String code = failure.kind().code();
        return failure.kind() == NoReplyException.Kind.NOT_SENT
                ? new Failed(code, true, null, null)
                : new Unknown(code, false, null);
    }

    /** The credits were burned. */
    record Settled(SettlementReceipt receipt) implements Settlement {}

    /**
     * Nothing was burned, for certain.
     *
     * @param code the backend's code; {@code settlement_failed} if it only said so; {@code network_error} if no connection
     *     was made
     * @param retryable whether the same request may succeed later
     * @param receipt the failed receipt, if there is one
     * @param error the backend's whole error, if it answered with one
     */
    record Failed(
            String code,
            boolean retryable,
            @Nullable SettlementReceipt receipt,
            @Nullable BackendError error) implements Settlement {
        /** Without the backend's texts. */
        @Override
        public String toString() {
            return "Failed[" + code + (retryable ? ", retryable" : "") + "]";
        }
    }

    /**
     * Nobody here can tell. For a person, or for a look at the plan's transactions.
     *
     * @param code the backend's code, or {@code network_error}, {@code network_timeout}, {@code interrupted} or one beginning
     *     with {@code reply.}
     * @param retryable what the backend said of repeating it; this kit never does
     * @param error the backend's whole error, if it answered with one
     */
    record Unknown(String code, boolean retryable, @Nullable BackendError error) implements Settlement {}
}
