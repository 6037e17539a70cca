package ai.paybond.kit.paegents.internal;

import ai.paybond.kit.paegents.Pause;
import ai.paybond.kit.paegents.internal.NoReplyException.Kind;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sends repeatable requests again after throttling, an overloaded server or a lost connection. Thread-safe. */
public final class RetryingSender implements AutoCloseable {
    private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final HttpSender sender;
    private final int maxAttempts;
    private final Pause pause;

    /** @param maxAttempts how often a repeatable request is sent at most; at least 1 */
    public RetryingSender(HttpSender sender, int maxAttempts, Pause pause) {
        this.sender = sender;
        this.maxAttempts = maxAttempts;
        this.pause = pause;
    }

    /** Whether the same request may be answered differently later. */
    public static boolean isPassing(int status) {
        return PASSING.contains(status);
    }

    /**
     * The first reply that is not worth another attempt, or the last one.
     *
     * @throws NoReplyException if the last attempt brought no reply
     */
    public HttpReply send(HttpRequest request) throws NoReplyException {
        for (int attempt = 1; ; attempt++) {
            boolean last = !request.repeatable() || attempt >= maxAttempts;
            HttpReply reply = attempt(request, last);
            if (reply != null && (last || !isPassing(reply.status()))) {
                return reply;
            }
            rest(pauseAfter(attempt, reply));
        }
    }

    /** Null when there was no reply and another attempt is worth it. */
    private @Nullable HttpReply attempt(HttpRequest request, boolean last) throws NoReplyException {
        try {
            return sender.send(request);
        } catch (NoReplyException e) {
            if (last || !e.kind().isPassing()) {
                throw e;
            }
            return null;
        }
    }

    /** What the server asked for, in whole seconds, otherwise longer each time. */
    private static Duration pauseAfter(int attempt, @Nullable HttpReply reply) {
        String asked = reply == null ? null : reply.header("retry-after");
        Duration wait = asked != null && SECONDS.matcher(asked).matches()
                ? Duration.ofSeconds(Long.parseLong(asked))
                : FIRST_PAUSE.multipliedBy(1L << Math.min(attempt - 1, 10));
        return wait.compareTo(LONGEST_PAUSE) < 0 ? wait : LONGEST_PAUSE;
    }

    private void rest(Duration duration) throws NoReplyException {
        try {
            pause.rest(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoReplyException(Kind.INTERRUPTED, e);
        }
    }

    @Override
    public void close() {
        sender.close();
    }
}
