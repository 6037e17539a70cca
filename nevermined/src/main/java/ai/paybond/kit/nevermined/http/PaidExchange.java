package ai.paybond.kit.nevermined.http;

import ai.paybond.kit.PaybondException;
import ai.paybond.kit.nevermined.Settlement;
import ai.paybond.kit.nevermined.SettlementReceipt;
import ai.paybond.kit.nevermined.charge.Charge;
import ai.paybond.kit.nevermined.charge.ChargeDesk;
import ai.paybond.kit.nevermined.charge.DeliveryPolicy;
import ai.paybond.kit.nevermined.charge.Grant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One paid request, from its admission to the charge. Of {@link #complete}, {@link #sent} and {@link #cancel} the first one counts and
 * later ones do nothing, so that adapters may call them from every place where a response can end. Thread-safe.
 */
public final class PaidExchange {
    private static final Logger log = LoggerFactory.getLogger(PaidExchange.class);
    private static final int TRIES = 3;

    private final ChargeDesk desk;
    private final Grant grant;
    private final PaidRoute route;
    private final DeliveryPolicy policy;
    private final AtomicBoolean over = new AtomicBoolean();

    PaidExchange(ChargeDesk desk, Grant grant, PaidRoute route, DeliveryPolicy policy) {
        this.desk = desk;
        this.grant = grant;
        this.route = route;
        this.policy = policy;
    }

    /**
     * What to do with a response that is ready and not sent.
     *
     * @param headers to be added to it
     * @param instead what to answer in its place, or null to send it
     */
    public record Completion(
            Map<String, String> headers, @Nullable PaymentDemand instead) {
        private static final Completion AS_IT_IS = new Completion(Map.of(), null);
    }

    /** Whether a response that is not streamed is settled before it is sent. */
    public boolean settlesBeforeHeaders() {
        return route.settleWhen() == PaidRoute.SettleWhen.BEFORE_HEADERS;
    }

    /** Who pays, as the backend says; empty if it did not say. */
    public Optional<String> payer() {
        return Optional.ofNullable(grant.payer());
    }

    /** The backend's id of this request, for sub-tasks. */
    public Optional<String> agentRequestId() {
        return Optional.ofNullable(grant.agentRequestId());
    }

    /** The token as it may be traced: first and last characters. */
    public String abbreviatedToken() {
        return grant.token().abbreviated();
    }

    /** The response is ready and nothing of it is sent: charges if it is a success, and says what to send. */
    public Completion complete(int status) {
        if (!begin(status)) {
            return Completion.AS_IT_IS;
        }
        Optional<Settlement> settlement = charge();
        if (settlement.orElse(null) instanceof Settlement.Settled settled) {
            return new Completion(
                    Map.of(SettlementReceipt.HEADER, settled.receipt().toHeader()), null);
        }
        boolean isFailure = settlement.orElse(null) instanceof Settlement.Failed;
        boolean withheld = policy == DeliveryPolicy.WITHHOLD_UNLESS_SETTLED
                || (isFailure && policy == DeliveryPolicy.WITHHOLD_ON_FAILURE);
        return withheld
                ? new Completion(
                        Map.of(),
                        new PaymentDemand(grant.required().withError("settlement failed"), "settlement failed"))
                : Completion.AS_IT_IS;
    }

    /**
     * The response went out, or broke off after bytes of it had: charges if it is a success.
     *
     * @return the receipt for a trailer; empty if nothing was charged
     */
    public Optional<String> sent(int status) {
        if (!begin(status)) {
            return Optional.empty();
        }
        return charge().filter(Settlement.Settled.class::isInstance)
                .map(settlement -> ((Settlement.Settled) settlement).receipt().toHeader());
    }

    /** The work failed, or the client left before a byte went out: charges nothing. */
    public void cancel() {
        if (over.compareAndSet(false, true)) {
            desk.release(grant);
        }
    }

    /** What {@link #complete} charged for could not be sent. */
    public void undelivered() {
        desk.undelivered(grant);
    }

    /** Whether there is something to charge now; ends the exchange either way. */
    private boolean begin(int status) {
        if (!over.compareAndSet(false, true)) {
            return false;
        }
        boolean isPaid = status >= 200 && status < 300 && grant.maxCredits().signum() > 0;
        if (!isPaid) {
            desk.release(grant);
        }
        return isPaid;
    }

    /** Empty when it is not known because the journal could not be asked. */
    private Optional<Settlement> charge() {
        try {
            Charge charge = desk.charge(grant, grant.maxCredits());
            for (int tried = 1; tried < TRIES && isWorthRepeating(charge.settlement()); tried++) {
                charge = desk.charge(grant, grant.maxCredits());
            }
            if (charge.settlement() instanceof Settlement.Failed) {
                desk.release(grant);
            }
            return Optional.of(charge.settlement());
        } catch (PaybondException e) {
            log.error("{} could not be charged: {}", grant, e.code());
            return Optional.empty();
        }
    }

    private static boolean isWorthRepeating(Settlement settlement) {
        return settlement instanceof Settlement.Failed failed && failed.retryable();
    }
}
