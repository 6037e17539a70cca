package ai.paybond.kit.internal.http;

import java.time.Duration;

/**
 * The bounds of one call.
 *
 * @param attemptTimeout how long one attempt may take, reply read included; the whole call with its retries and pauses ends
 *     within {@code maxAttempts} times this
 * @param maxAttempts how often the request is sent at most, at least 1
 * @param maxReplyBytes the largest reply body that is read
 */
public record HttpLimits(Duration attemptTimeout, int maxAttempts, int maxReplyBytes) {
    long attemptNanos(HttpCall call) {
        return call.attemptTimeout().orElse(attemptTimeout).toNanos();
    }

    long callNanos(HttpCall call) {
        return maxAttempts * attemptNanos(call);
    }
}
