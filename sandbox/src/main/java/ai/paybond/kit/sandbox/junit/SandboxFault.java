package ai.paybond.kit.sandbox.junit;

import ai.paybond.kit.sandbox.Fault;
import ai.paybond.kit.sandbox.SandboxRoute;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;

/**
 * Arms a fault before the test runs, for the first {@link #times} requests to {@link #route}: {@code
 * @SandboxFault(route = VERIFY, kind = STATUS, status = 503)}. Several faults of a route come one after the other, in
 * the order in which they stand. What a test did not use up is cleared after it.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(SandboxFaults.class)
public @interface SandboxFault {
    /** Which requests. */
    SandboxRoute route();

    /** What goes wrong. */
    Kind kind();

    /** For how many requests; default one. */
    int times() default 1;

    /** The status of {@link Kind#STATUS} and {@link Kind#STATUS_AFTER_HANDLING}; default 503. */
    int status() default 503;

    /** The {@code Retry-After} of a status, in seconds; default none. */
    int retryAfterSeconds() default -1;

    /** How long {@link Kind#LATENCY} waits, and how far {@link Kind#CLOCK_SKEW} is off, in milliseconds; default 100. */
    long millis() default 100;

    /** The kinds of {@link Fault}. */
    enum Kind {
        STATUS,
        STATUS_AFTER_HANDLING,
        EXPIRED_TOKEN,
        LATENCY,
        CONNECTION_RESET,
        CONNECTION_RESET_AFTER_HANDLING,
        TRUNCATED_BODY,
        NOT_JSON,
        WRONG_TENANT_ECHO,
        WRONG_INTENT_ECHO,
        MISSING_ECHO,
        ALLOW_AS_STRING,
        CLOCK_SKEW,
        DUPLICATE_DELIVERY;

        Fault fault(SandboxFault of) {
            return switch (this) {
                case STATUS -> status(of);
                case STATUS_AFTER_HANDLING -> status(of).afterHandling();
                case EXPIRED_TOKEN -> Fault.expireToken();
                case LATENCY -> Fault.delay(Duration.ofMillis(of.millis()));
                case CONNECTION_RESET -> Fault.connectionReset();
                case CONNECTION_RESET_AFTER_HANDLING -> Fault.connectionResetAfterHandling();
                case TRUNCATED_BODY -> Fault.truncatedBody();
                case NOT_JSON -> Fault.nonJson();
                case WRONG_TENANT_ECHO -> Fault.wrongTenantEcho();
                case WRONG_INTENT_ECHO -> Fault.wrongIntentEcho();
                case MISSING_ECHO -> Fault.missingEcho();
                case ALLOW_AS_STRING -> Fault.allowAsString();
                case CLOCK_SKEW -> Fault.clockSkew(Duration.ofMillis(of.millis()));
                case DUPLICATE_DELIVERY -> Fault.duplicateDelivery();
            };
        }

        private static Fault.Status status(SandboxFault of) {
            Fault.Status status = Fault.status(of.status());
            return of.retryAfterSeconds() < 0 ? status : status.retryAfterSeconds(of.retryAfterSeconds());
        }
    }
}
