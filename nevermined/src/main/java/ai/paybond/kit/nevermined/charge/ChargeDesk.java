package ai.paybond.kit.nevermined.charge;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.InMemoryCallJournal;
import ai.paybond.kit.nevermined.NeverminedApiKey;
import ai.paybond.kit.nevermined.NeverminedException;
import ai.paybond.kit.nevermined.NeverminedPayments;
import ai.paybond.kit.nevermined.PaymentFacilitator;
import ai.paybond.kit.nevermined.PaymentRequired;
import ai.paybond.kit.nevermined.PlanBalance;
import ai.paybond.kit.nevermined.Settlement;
import ai.paybond.kit.nevermined.X402AccessToken;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Admits calls that can be paid and charges for those that were done, each at most once. {@link #admit} verifies and reserves the
 * credits here, so that calls running at the same time cannot spend one credit twice; {@link #charge} settles. A settle is written
 * into the journal before it is sent: if its outcome stays unknown it is never sent again, and {@link #unresolved} shows it to a
 * person, who says {@link #resolveCharged} or {@link #resolveNotCharged}.
 *
 * <p>Reservations and token limits are those of one process; the journal may be shared. Thread-safe.
 */
public final class ChargeDesk {
    /** How often the settle of one request is tried when no connection is made. */
    static final int MAX_ATTEMPTS = 50;

    private final Admissions admissions;
    private final SettleOnce settles;
    private final ChargeBook book;
    private final Observers observers;

    private ChargeDesk(Builder parts) {
        this.observers = new Observers(parts.listeners);
        this.book = new ChargeBook(parts.journal, parts.tenantId, parts.clock);
        this.admissions = new Admissions(parts, observers);
        this.settles = new SettleOnce(parts.facilitator, book, parts.lostAfter, parts.clock, observers);
    }

    /** A desk that asks Nevermined, under the account of its key. */
    public static Builder builder(NeverminedPayments payments) {
        return new Builder(
                payments.facilitator(),
                tenant(payments.options().apiKey()),
                (planId, payer) -> balance(payments, planId, payer));
    }

    /** A desk that asks someone else. It never learns a balance but from the answers to verify. */
    public static Builder builder(PaymentFacilitator facilitator, String tenantId) {
        return new Builder(facilitator, tenantId, (planId, payer) -> Optional.empty());
    }

    /** The account that charges are journaled under: the key's own, as it says. */
    public static String tenant(NeverminedApiKey apiKey) {
        return apiKey.account().orElse("nevermined");
    }

    private static Optional<BigInteger> balance(NeverminedPayments payments, String planId, String payer) {
        try {
            PlanBalance balance = payments.plans().balance(planId, payer);
            return balance.balance();
        } catch (NeverminedException e) {
            return Optional.empty();
        }
    }

    /**
     * Asks whether a call may be made, and reserves its credits if so. Finish with {@link #charge} or {@link #release}. A refusal is an
     * answer and not an exception.
     *
     * @param token the payer's; null is refused like any call without one
     * @param maxCredits what the call may cost at most; 0 only verifies
     */
    public Admission admit(PaymentRequired required, @Nullable X402AccessToken token, BigInteger maxCredits) {
        return admissions.admit(required, token, maxCredits);
    }

    /**
     * Charges for a call that was done. The same request is charged once however often this is called, on whatever thread, and in
     * whatever process that shares the journal; repetitions are answered with what came out the first time.
     *
     * @param credits from 1 to what was reserved
     * @throws NeverminedException {@code validation} for any other number
     * @throws ai.paybond.kit.PaybondException {@code settlement.under_way} while another process is settling it; try later
     * @throws ai.paybond.kit.journal.JournalException if it cannot be journaled; nothing was sent then
     */
    public Charge charge(Grant grant, BigInteger credits) {
        if (credits.signum() < 1 || credits.compareTo(grant.maxCredits()) > 0) {
            throw new ConfigurationException(ChargeCodes.CREDITS_INVALID, "not a number of credits that was reserved");
        }
        admissions.charging(grant, true);
        Charge charge;
        try {
            charge = settles.charge(grant, credits);
        } finally {
            admissions.charging(grant, false);
        }
        if (isOver(charge.settlement())) {
            admissions.end(grant);
        }
        return charge;
    }

    /** An unknown settle may still take the credits, and one that is to be repeated will: both keep them reserved for a while. */
    private static boolean isOver(Settlement settlement) {
        return settlement instanceof Settlement.Settled
                || settlement instanceof Settlement.Failed failed && !failed.retryable();
    }

    /** Gives the reservation back: the call was not done, or costs nothing. */
    public void release(Grant grant) {
        admissions.end(grant);
    }

    /** Tells listeners that a caller was charged and did not get the answer. */
    public void undelivered(Grant grant) {
        observers.tell(listener -> listener.undelivered(grant));
    }

    /** The last settle of a request. */
    public Optional<ChargeRecord> find(String requestId) {
        return book.latest(requestId).map(ChargeRecord::of);
    }

    /** Settles that are under way or whose outcome is unknown; for people. */
    public List<ChargeRecord> unresolved(int limit) {
        return book.unresolved(limit);
    }

    /**
     * A person has found the transaction: the payer was charged.
     *
     * @throws ai.paybond.kit.journal.JournalException {@code call.not_in_doubt} if its outcome is known
     */
    public void resolveCharged(String requestId) {
        book.charged(book.requireOpen(requestId));
    }

    /**
     * A person has found that the payer was not charged; {@link #charge} may be called again for the request.
     *
     * @throws ai.paybond.kit.journal.JournalException {@code call.not_in_doubt} if its outcome is known
     */
    public void resolveNotCharged(String requestId) {
        book.notCharged(book.requireOpen(requestId));
    }

    /** Collects the parts of a desk. Not thread-safe. */
    public static final class Builder {
        final PaymentFacilitator facilitator;
        final String tenantId;
        final BiFunction<String, String, Optional<BigInteger>> balances;
        final List<ChargeListener> listeners = new ArrayList<>();
        CallJournal journal = new InMemoryCallJournal();
        TokenLimits tokenLimits = TokenLimits.DEFAULT;
        Duration holdFor = Duration.ofMinutes(15);
        Duration lostAfter = Duration.ofMinutes(2);
        Duration verifyPause = Duration.ofMillis(250);
        Clock clock = Clock.systemUTC();
        Supplier<String> ids = () -> UUID.randomUUID().toString();

        private Builder(
                PaymentFacilitator facilitator,
                String tenantId,
                BiFunction<String, String, Optional<BigInteger>> balances) {
            this.facilitator = Objects.requireNonNull(facilitator, "facilitator");
            this.tenantId = Objects.requireNonNull(tenantId, "tenantId");
            this.balances = balances;
        }

        /** Where settles are written down; in memory by default, which forgets with the process. Not closed by the desk. */
        public Builder journal(CallJournal kept) {
            this.journal = Objects.requireNonNull(kept, "journal");
            return this;
        }

        /** How far one token goes; {@link TokenLimits#DEFAULT} by default. */
        public Builder tokenLimits(TokenLimits limits) {
            this.tokenLimits = Objects.requireNonNull(limits, "limits");
            return this;
        }

        /** How long credits stay reserved for a call that is neither charged nor released; 15 minutes by default. */
        public Builder holdFor(Duration time) {
            this.holdFor = Objects.requireNonNull(time, "time");
            return this;
        }

        /**
         * After how long a settle that some process began counts as lost, and therefore unknown; 2 minutes by default. More than a
         * request to the backend may take.
         */
        public Builder lostAfter(Duration time) {
            this.lostAfter = Objects.requireNonNull(time, "time");
            return this;
        }

        /** How long to wait before verify is repeated, once, after a 503 that may be retried; 250 ms by default. */
        public Builder verifyPause(Duration time) {
            this.verifyPause = Objects.requireNonNull(time, "time");
            return this;
        }

        /** Watches payments; any number of them, told in this order. */
        public Builder listener(ChargeListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /** The system's UTC clock by default. */
        public Builder clock(Clock time) {
            this.clock = Objects.requireNonNull(time, "clock");
            return this;
        }

        /** Draws names for requests that the backend did not name; random UUIDs by default. */
        public Builder requestIds(Supplier<String> drawn) {
            this.ids = Objects.requireNonNull(drawn, "ids");
            return this;
        }

        /** Asks nothing yet. */
        public ChargeDesk build() {
            return new ChargeDesk(this);
        }
    }
}
