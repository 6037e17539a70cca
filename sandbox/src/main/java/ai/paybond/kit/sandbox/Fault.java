package ai.paybond.kit.sandbox;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * Something that goes wrong between a client and the sandbox. Made with the static methods here, armed with
 * {@link SandboxFaults#onNext}. Immutable.
 */
public sealed interface Fault {

    /** Answers with {@code status} and an error body; the request has no effect, unless {@link Status#afterHandling}. */
    static Status status(int status) {
        return new Status(status, "injected_fault", OptionalInt.empty(), false, false);
    }

    /** Answers 401 as for an expired access token; the request has no effect. */
    static Status expireToken() {
        return status(401).code("invalid_token");
    }

    /** Handles the request as though the client's clock were off: answers carry times this far from the true ones. */
    static Fault clockSkew(Duration skew) {
        return new ClockSkew(skew);
    }

    /** Handles the request twice, as a network does that delivers it again; the client sees the second answer. */
    static Fault duplicateDelivery() {
        return new DuplicateDelivery();
    }

    /** Waits before the request is handled. */
    static Fault delay(Duration delay) {
        return new Delay(delay);
    }

    /** Closes the connection without an answer; the request has no effect. */
    static Fault connectionReset() {
        return new ConnectionReset(false);
    }

    /** Handles the request, then closes the connection without an answer: a reply lost on its way. */
    static Fault connectionResetAfterHandling() {
        return new ConnectionReset(true);
    }

    /** Handles the request and announces the whole reply, but breaks off in the middle of it. */
    static Fault truncatedBody() {
        return new Garbled(Garbled.Kind.TRUNCATED);
    }

    /** Handles the request and answers 200 with a page of HTML. */
    static Fault nonJson() {
        return new Garbled(Garbled.Kind.NOT_JSON);
    }

    /** Handles the request and answers 200 with one JSON string of {@code bytes} bytes, streamed without a length. */
    static Fault oversizedBody(long bytes) {
        return new OversizedBody(bytes);
    }

    /** Handles the request and answers for another tenant. */
    static Fault wrongTenantEcho() {
        return new Altered(Altered.Kind.WRONG_TENANT);
    }

    /** Handles the request and answers for another intent. */
    static Fault wrongIntentEcho() {
        return new Altered(Altered.Kind.WRONG_INTENT);
    }

    /** Handles the request and writes {@code allow} as a string. */
    static Fault allowAsString() {
        return new Altered(Altered.Kind.ALLOW_AS_STRING);
    }

    /** Handles the request and leaves tenant and intent out of the answer. */
    static Fault missingEcho() {
        return new Altered(Altered.Kind.MISSING_ECHO);
    }

    /** An error answer. */
    record Status(int status, String code, OptionalInt retryAfter, boolean flat, boolean handled) implements Fault {
        /** Sets the error code of the body; default {@code injected_fault}. */
        public Status code(String newCode) {
            return new Status(status, newCode, retryAfter, flat, handled);
        }

        /** Adds a {@code Retry-After} header. */
        public Status retryAfterSeconds(int seconds) {
            return new Status(status, code, OptionalInt.of(seconds), flat, handled);
        }

        /** Uses the flat error shape instead of the nested one. */
        public Status flatBody() {
            return new Status(status, code, retryAfter, true, handled);
        }

        /** Lets the request take effect, and spoils only the answer. */
        public Status afterHandling() {
            return new Status(status, code, retryAfter, flat, true);
        }
    }

    /** Answers whose {@code Date} header, and whose times in the body, are off. */
    record ClockSkew(Duration skew) implements Fault {}

    /** A request that arrives twice. */
    record DuplicateDelivery() implements Fault {}

    /** A slow answer. */
    record Delay(Duration delay) implements Fault {}

    /** A lost connection, before or after the request took effect. */
    record ConnectionReset(boolean handled) implements Fault {}

    /** A reply that cannot be parsed. */
    record Garbled(Kind kind) implements Fault {
        /** How it is garbled. */
        public enum Kind {
            TRUNCATED,
            NOT_JSON
        }
    }

    /** A reply too large to hold. */
    record OversizedBody(long bytes) implements Fault {}

    /** A reply that parses and lies. */
    record Altered(Kind kind) implements Fault {
        /** What the lie is about. */
        public enum Kind {
            WRONG_TENANT,
            WRONG_INTENT,
            ALLOW_AS_STRING,
            MISSING_ECHO
        }
    }
}
