package ai.paybond.kit.nevermined.charge;

import ai.paybond.kit.PaybondException;
import ai.paybond.kit.evidence.EvidenceEnvelope;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.nevermined.PaymentFacilitator;
import ai.paybond.kit.nevermined.SettleRequest;
import ai.paybond.kit.nevermined.Settlement;
import ai.paybond.kit.nevermined.SettlementReceipt;
import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the settle of a request at most once, unless the one before it certainly charged nothing. */
final class SettleOnce {
    private static final Logger log = LoggerFactory.getLogger(SettleOnce.class);

    private final PaymentFacilitator facilitator;
    private final ChargeBook book;
    private final Duration lostAfter;
    private final Clock clock;
    private final Observers observers;
    private final Map<String, CompletableFuture<Charge>> underWay = new ConcurrentHashMap<>();

    SettleOnce(PaymentFacilitator facilitator, ChargeBook book, Duration lostAfter, Clock clock, Observers observers) {
        this.facilitator = facilitator;
        this.book = book;
        this.lostAfter = lostAfter;
        this.clock = clock;
        this.observers = observers;
    }

    /** The second of two threads with one request waits for the first and gets what that one got. */
    Charge charge(Grant grant, BigInteger credits) {
        CompletableFuture<Charge> mine = new CompletableFuture<>();
        CompletableFuture<Charge> first = underWay.putIfAbsent(grant.requestId(), mine);
        if (first != null) {
            return await(first).asAbsorbed();
        }
        try {
            Charge charge = attempt(grant, credits);
            mine.complete(charge);
            return charge;
        } finally {
            underWay.remove(grant.requestId());
            mine.completeExceptionally(underWayElsewhere());
        }
    }

    private static Charge await(CompletableFuture<Charge> first) {
        try {
            return first.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw underWayElsewhere();
        } catch (ExecutionException e) {
            throw underWayElsewhere();
        }
    }

    private Charge attempt(Grant grant, BigInteger credits) {
        for (int attempt = 1; attempt <= ChargeDesk.MAX_ATTEMPTS; attempt++) {
            JournalEntry started = book.started(grant, credits, attempt);
            Optional<JournalEntry> earlier = book.claim(started);
            if (earlier.isEmpty()) {
                return new Charge(grant.requestId(), send(grant, credits, started), false);
            }
            Optional<Settlement> known = known(earlier.get());
            if (known.isPresent()) {
                return new Charge(grant.requestId(), known.get(), true);
            }
        }
        return new Charge(
                grant.requestId(), new Settlement.Failed(ChargeCodes.SETTLEMENT_EXHAUSTED, false, null, null), true);
    }

    /** From here to the last line is where a process may die and leave the settle started. */
    private Settlement send(Grant grant, BigInteger credits, JournalEntry started) {
        Settlement settlement = facilitator.settle(
                new SettleRequest(grant.required(), grant.token(), credits, grant.agentRequestId(), null, null));
        try {
            book.keep(started, settlement);
        } catch (RuntimeException e) {
            log.error("how settling {} came out could not be journaled; it will be taken for unknown", grant, e);
        }
        observers.tell(listener -> listener.afterSettle(grant, settlement));
        return settlement;
    }

    /** What an earlier settle came to; empty when it charged nothing and may be repeated. */
    private Optional<Settlement> known(JournalEntry earlier) {
        return switch (earlier.state()) {
            case EXECUTED, DELIVERED, REJECTED -> Optional.of(new Settlement.Settled(receipt(earlier)));
            case FAILED -> failed(reason(earlier));
            case IN_DOUBT -> Optional.of(new Settlement.Unknown(reason(earlier), false, null));
            case STARTED -> Optional.of(startedElsewhere(earlier));
            case DENIED, HELD, AUTHORIZED -> Optional.empty();
        };
    }

    private static Optional<Settlement> failed(String reason) {
        return reason.startsWith(ChargeBook.NOT_CHARGED)
                ? Optional.empty()
                : Optional.of(new Settlement.Failed(reason, false, null, null));
    }

    private Settlement startedElsewhere(JournalEntry started) {
        if (clock.instant().isBefore(started.changedAt().plus(lostAfter))) {
            throw underWayElsewhere();
        }
        book.lost(started);
        return new Settlement.Unknown("settlement.lost", false, null);
    }

    private static String reason(JournalEntry entry) {
        String reason = entry.reasonCode();
        return reason == null ? ChargeCodes.SETTLEMENT_UNKNOWN : reason;
    }

    /** Settled by hand, there is no receipt of the backend's. */
    private static SettlementReceipt receipt(JournalEntry entry) {
        EvidenceEnvelope envelope = entry.envelope();
        return new SettlementReceipt(envelope == null ? JsonObject.of(Map.of("success", true)) : envelope.payload());
    }

    private static PaybondException underWayElsewhere() {
        return new PaybondException(ChargeCodes.SETTLEMENT_UNDER_WAY, "the same request is being settled elsewhere");
    }
}
