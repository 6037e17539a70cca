package ai.paybond.kit.funding;

import ai.paybond.kit.funding.FundingResult.Funded;
import ai.paybond.kit.funding.FundingResult.FundedWithoutToken;
import ai.paybond.kit.funding.FundingResult.Payment;
import ai.paybond.kit.funding.FundingResult.Pending;
import ai.paybond.kit.funding.FundingResult.Refused;
import ai.paybond.kit.harbor.FundRequest;
import ai.paybond.kit.harbor.FundedIntent;
import ai.paybond.kit.harbor.FundedIntent.Status;
import ai.paybond.kit.harbor.HarborClient;
import ai.paybond.kit.harbor.HarborHttpException;
import ai.paybond.kit.harbor.HarborUnreachableException;
import ai.paybond.kit.internal.http.Machine;
import ai.paybond.kit.wire.intent.SettlementRails;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Funds intents: asks Harbor, has the challenge signed if it is what was agreed, and waits until the rail has answered. At most
 * one payment is signed per call. Thread-safe; each call blocks its thread, for {@link FundingSettings#limit()} and the time
 * of one request at most.
 *
 * <p>Every method throws {@link FundingException} for a challenge or a reply that is not what the order says; no signer sees such
 * a challenge. Otherwise failures are those of {@link HarborClient}, with one exception: once a payment is signed, a Harbor that
 * cannot be reached makes the result {@link Pending}.
 */
public final class Funding {
    private static final Pattern HEADER = Pattern.compile("[\\x21-\\x7e][\\x20-\\x7e]*");

    private final HarborClient harbor;
    private final FundingSettings settings;
    private final Clock clock;
    private final Machine machine;

    Funding(HarborClient harbor, FundingSettings settings, Clock clock, Machine machine) {
        this.harbor = Objects.requireNonNull(harbor, "harbor");
        this.settings = Objects.requireNonNull(settings, "settings");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.machine = machine;
    }

    /**
     * @param harbor the session's
     * @param clock tells whether a challenge has expired
     */
    public static Funding of(HarborClient harbor, Clock clock) {
        return new Funding(harbor, FundingSettings.STANDARD, clock, Machine.real());
    }

    /** The same with other patience. */
    public Funding with(FundingSettings other) {
        return new Funding(harbor, other, clock, machine);
    }

    /** Pays an intent of the rail {@code x402_usdc_base}. */
    public FundingResult x402(FundingOrder order, X402Signer signer) {
        return fund(order, SettlementRails.X402_USDC_BASE, reply -> {
            String signature = signer.sign(X402Demand.agreed(order, reply));
            return FundRequest.of(order.intentId()).withPaymentSignature(printable(signature));
        });
    }

    /** Pays an intent of the rail {@code stripe_mpp} by one charge. */
    public FundingResult mppCharge(FundingOrder order, MppSigner signer) {
        return mpp(order, MppKind.CHARGE, signer);
    }

    /** Pays an intent of the rail {@code stripe_mpp} by opening a session. */
    public FundingResult mppSession(FundingOrder order, MppSigner signer) {
        return mpp(order, MppKind.SESSION, signer);
    }

    private FundingResult mpp(FundingOrder order, MppKind kind, MppSigner signer) {
        return fund(order, SettlementRails.STRIPE_MPP, reply -> {
            String credential = signer.authorize(new MppDemand(order, reply, kind, clock).agreed());
            return FundRequest.of(order.intentId()).withPaymentAuthorization(printable(credential));
        });
    }

    /** Goes on with what was pending, under the same order and with the same payment. Nothing is signed. */
    public FundingResult resume(FundingOrder order, Pending pending) {
        return settle(order, pending.payment(), pending.last());
    }

    private FundingResult fund(FundingOrder order, String rail, Function<FundedIntent, FundRequest> payer) {
        FundRequest unpaid = FundRequest.of(order.intentId());
        FundedIntent reply = asAgreed(order, rail, harbor.fund(unpaid));
        Optional<FundingResult> ended = ended(reply);
        if (ended.isPresent()) {
            return ended.get();
        }
        if (reply.status() != Status.PAYMENT_REQUIRED) {
            Payment nothing = new Payment(unpaid, rail);
            return pause(reply, machine.nanoTime()) ? settle(order, nothing, reply) : new Pending(reply, nothing);
        }
        if (reply.funded() || reply.capabilityToken() != null) {
            throw new FundingException("funding.reply_contradictory", "a funded intent asks for a payment");
        }
        return settle(order, new Payment(payer.apply(reply), rail), reply);
    }

    /** Shows the payment until the rail has answered, or the time is up. */
    private FundingResult settle(FundingOrder order, Payment payment, FundedIntent before) {
        long begun = machine.nanoTime();
        FundedIntent last = before;
        while (true) {
            FundedIntent reply = look(order, payment);
            if (reply != null) {
                last = reply;
                Optional<FundingResult> ended = ended(reply);
                if (ended.isPresent()) {
                    return ended.get();
                }
                if (reply.status() == Status.PAYMENT_REQUIRED) {
                    return new Refused(reply, "funding.payment_refused");
                }
            }
            if (!pause(last, begun)) {
                return new Pending(last, payment);
            }
        }
    }

    /** Null when there was no answer that says anything about the payment. */
    private @Nullable FundedIntent look(FundingOrder order, Payment payment) {
        try {
            return asAgreed(order, payment.rail(), harbor.fund(payment.request()));
        } catch (HarborUnreachableException e) {
            return null;
        } catch (HarborHttpException e) {
            if (e.retryable()) {
                return null;
            }
            throw e;
        }
    }

    private static FundedIntent asAgreed(FundingOrder order, String rail, FundedIntent reply) {
        if (!reply.settlementRail().equals(rail)) {
            throw new FundingException("funding.rail_mismatch", "the intent is on another rail than " + rail);
        }
        if (!reply.currency().equals("usd")) {
            throw new FundingException("funding.currency_mismatch", "the intent is not in US dollars");
        }
        if (reply.amountCents() != order.amountCents()) {
            throw new FundingException("funding.amount_mismatch", "the intent is for another amount");
        }
        return reply;
    }

    private static Optional<FundingResult> ended(FundedIntent reply) {
        if (FundingStatus.failed(reply)) {
            return Optional.of(new Refused(reply, "funding.rail_failed"));
        }
        if (reply.status() != Status.SETTLED || !reply.funded()) {
            return Optional.empty();
        }
        return Optional.of(
                reply.capabilityToken() == null
                        ? new FundedWithoutToken(reply)
                        : new Funded(reply, reply.capabilityToken()));
    }

    /** Waits before the next look; false when there is no time for one, or the thread has been interrupted. */
    private boolean pause(FundedIntent last, long begun) {
        Duration asked = last.retryAfter();
        Duration pause = asked == null || asked.compareTo(settings.interval()) < 0 ? settings.interval() : asked;
        long elapsed = machine.nanoTime() - begun;
        if (settings.limit().minusNanos(elapsed).compareTo(pause) < 0) {
            return false;
        }
        try {
            machine.sleep(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String printable(@Nullable String payment) {
        String text = payment == null ? "" : payment.strip();
        if (text.length() > ChallengeJson.MAX_CHARS || !HEADER.matcher(text).matches()) {
            throw new FundingException(
                    "funding.payment_invalid", "the signer returned no line of at most 16 KiB printable ASCII");
        }
        return text;
    }
}
