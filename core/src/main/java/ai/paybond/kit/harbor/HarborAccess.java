package ai.paybond.kit.harbor;

import ai.paybond.kit.PaybondException;
import ai.paybond.kit.internal.http.Bearer;
import ai.paybond.kit.internal.http.HttpCall;
import ai.paybond.kit.internal.http.HttpReply;
import ai.paybond.kit.internal.http.Machine;
import ai.paybond.kit.internal.platform.Connection;
import ai.paybond.kit.internal.platform.Reply;
import ai.paybond.kit.internal.platform.Route;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The short-lived Harbor token of a session: exchanged at the Gateway for the API key, kept until shortly before it
 * expires, renewed when asked or when Harbor refuses it. Callers that wait for the same exchange share its outcome, good or
 * bad. A failed renewal leaves the token that was there.
 */
final class HarborAccess implements Bearer {
    private static final long SHORTEST_SECONDS = 1;
    private static final long LONGEST_SECONDS = TimeUnit.DAYS.toSeconds(1);
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,16384}");

    private final Connection gateway;
    private final Machine machine;
    private final long marginSeconds;
    private final ReentrantLock exchanging = new ReentrantLock();

    private volatile @Nullable Token token;
    private volatile long finishedExchanges;
    private volatile @Nullable PaybondException lastFailure;

    /**
     * @param gateway speaks with the API key
     * @param margin how long before its expiry a token is renewed
     */
    HarborAccess(Connection gateway, Machine machine, Duration margin) {
        this.gateway = gateway;
        this.machine = machine;
        this.marginSeconds = margin.toSeconds();
    }

    /** The first exchange; tells whose session this is. */
    SessionIdentity open() {
        return unlessExchangedMeanwhile(() -> null).identity();
    }

    @Override
    public String current() {
        Token live = live();
        return (live != null ? live : unlessExchangedMeanwhile(this::live)).value();
    }

    /** Exchanges once more, whatever the age of the current token. */
    void rotate() {
        lock();
        try {
            exchange();
        } finally {
            exchanging.unlock();
        }
    }

    @Override
    public boolean renew(String rejected) {
        unlessExchangedMeanwhile(() -> {
            Token now = token;
            return now == null || now.value().equals(rejected) ? null : now;
        });
        return true;
    }

    /** One exchange, or what another thread's exchange brought while this one waited for its turn. */
    private Token unlessExchangedMeanwhile(Supplier<@Nullable Token> usable) {
        long seen = finishedExchanges;
        lock();
        try {
            Token found = usable.get();
            if (found != null) {
                return found;
            }
            PaybondException failure = lastFailure;
            if (finishedExchanges != seen && failure != null) {
                throw failure;
            }
            return exchange();
        } finally {
            exchanging.unlock();
        }
    }

    private void lock() {
        try {
            exchanging.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarborUnreachableException(
                    "harbor.interrupted", "interrupted while waiting for a Harbor token", e);
        }
    }

    private @Nullable Token live() {
        Token now = token;
        return now != null && machine.nanoTime() - now.goodUntilNanos() < 0 ? now : null;
    }

    /** Holds the lock. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // guarded by the lock; volatile only for readers without it
    private Token exchange() {
        try {
            Token fresh = fetch();
            token = fresh;
            lastFailure = null;
            return fresh;
        } catch (PaybondException e) {
            lastFailure = e;
            throw e;
        } finally {
            finishedExchanges++;
        }
    }

    private Token fetch() {
        long askedAt = machine.nanoTime();
        HttpCall call = gateway.call(Route.HARBOR_ACCESS).build();
        HttpReply http = gateway.send(call);
        if (!http.successful()) {
            throw SessionIdentity.refused(call, http);
        }
        Reply reply = gateway.parse(call, http);
        String value = reply.optionalString("access_token").orElse("").strip();
        if (!TOKEN.matcher(value).matches()) {
            throw SessionIdentity.unusable(http, "auth.token_missing", "an access token");
        }
        long seconds = lifetime(reply, http);
        long goodFor = Math.max(SHORTEST_SECONDS, Math.min(seconds, LONGEST_SECONDS) - marginSeconds);
        return new Token(value, askedAt + TimeUnit.SECONDS.toNanos(goodFor), identity(reply, http));
    }

    private static long lifetime(Reply reply, HttpReply http) {
        long seconds = reply.optionalInteger("expires_in").orElse(0L);
        if (seconds <= 0) {
            throw SessionIdentity.unusable(http, "auth.lifetime_invalid", "a lifetime of at least one second");
        }
        return seconds;
    }

    /** A renewal may leave the tenant out, but may not name another one. */
    private SessionIdentity identity(Reply reply, HttpReply http) {
        Token before = token;
        String known = before == null ? "" : before.identity().tenantId();
        SessionIdentity named = SessionIdentity.of(reply, http, known);
        if (before != null && !named.tenantId().equals(known)) {
            throw reply.mismatch("tenant", known, named.tenantId());
        }
        return named;
    }

    /** No record: nothing may print the value. */
    private static final class Token {
        private final String value;
        private final long goodUntilNanos;
        private final SessionIdentity identity;

        Token(String value, long goodUntilNanos, SessionIdentity identity) {
            this.value = value;
            this.goodUntilNanos = goodUntilNanos;
            this.identity = identity;
        }

        String value() {
            return value;
        }

        long goodUntilNanos() {
            return goodUntilNanos;
        }

        SessionIdentity identity() {
            return identity;
        }
    }
}
