package ai.paybond.kit.nevermined;

import ai.paybond.kit.nevermined.internal.NoReplyException;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The answer to a verify call. Verifying burns nothing; only {@link Valid} may be followed by the work. */
public sealed interface Verification {
    /** Reads a reply; whatever does not plainly say {@code isValid: true} denies. */
    static Verification of(int status, byte[] body) {
        if (status < 200 || status >= 300) {
            return refused(BackendError.of(status, body));
        }
        try {
            return of(JsonObject.parse(body));
        } catch (WireException e) {
            return new Denied(Denial.NO_REPLY, "reply.malformed", null, false, null);
        }
    }

    private static Verification of(JsonObject reply) {
        Optional<Boolean> isValid = reply.bool("isValid");
        if (isValid.isEmpty()) {
            return new Denied(Denial.NO_REPLY, "reply.malformed", null, false, null);
        }
        if (isValid.get()) {
            return new Valid(reply);
        }
        return new Denied(
                Denial.NOT_VALID,
                "payment_required",
                reply.string("invalidReason").orElse(null),
                false,
                null);
    }

    private static Verification refused(BackendError error) {
        return new Denied(Denial.REFUSED, error.code(), error.message(), error.retryable(), error);
    }

    static Verification unanswered(NoReplyException failure) {
        return new Denied(Denial.NO_REPLY, failure.kind().code(), null, false, null);
    }

    /** Whether the work may be done. */
    default boolean isValid() {
        return this instanceof Valid;
    }

    /**
     * The payer may be charged. For card plans that does not prove that the money is there; settling does.
     *
     * @param reply the whole reply; every member but {@code isValid} may be missing
     */
    record Valid(JsonObject reply) implements Verification {
        /** The payer's address or customer id. */
        public Optional<String> payer() {
            return reply.string("payer");
        }

        /** The network the payment runs on. */
        public Optional<String> network() {
            return reply.string("network");
        }

        /** The request's id, to be handed to settle. */
        public Optional<String> agentRequestId() {
            return reply.string("agentRequestId");
        }

        /** The registered endpoint that matched. */
        public Optional<String> urlMatching() {
            return reply.string("urlMatching");
        }

        /** Agent, plan and balance as the backend sees them. */
        public Optional<JsonObject> agentRequest() {
            return reply.object("agentRequest");
        }
    }

    /**
     * The work must not be done.
     *
     * @param code the backend's code; {@code payment_required} if it only said that the payment is not valid; otherwise
     *     {@code network_error}, {@code network_timeout}, {@code interrupted} or one beginning with {@code reply.}
     * @param reason the backend's free text; not for branching or logs
     * @param retryable whether the backend says that the same request may succeed later
     * @param error the backend's whole error, if it answered with one
     */
    record Denied(
            Denial how,
            String code,
            @Nullable String reason,
            boolean retryable,
            @Nullable BackendError error) implements Verification {
        /** Without the backend's texts. */
        @Override
        public String toString() {
            return "Denied[" + how + ", " + code + (retryable ? ", retryable" : "") + "]";
        }
    }

    /** The shapes a denial comes in. */
    enum Denial {
        /** 200 and {@code isValid: false}. */
        NOT_VALID,
        /** An error status. */
        REFUSED,
        /** Nothing usable came back. */
        NO_REPLY
    }
}
