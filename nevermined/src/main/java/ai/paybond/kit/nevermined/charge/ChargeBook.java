package ai.paybond.kit.nevermined.charge;

import ai.paybond.kit.evidence.EvidenceContext;
import ai.paybond.kit.evidence.EvidenceEnvelope;
import ai.paybond.kit.evidence.EvidenceSeal;
import ai.paybond.kit.evidence.EvidenceStatus;
import ai.paybond.kit.journal.CallFacts;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallKey;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.ClaimResult;
import ai.paybond.kit.journal.DeliveryReceipt;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.journal.JournalException;
import ai.paybond.kit.nevermined.Settlement;
import ai.paybond.kit.nevermined.SettlementReceipt;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.WireException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Settles in the call journal. A settle is a call of its own there: started before it is sent, delivered with its receipt, failed when
 * nothing was burned, in doubt when nobody knows. So whatever makes guarded calls crash-proof makes settles so too.
 */
final class ChargeBook {
    static final String INTENT = "nevermined-settle";
    static final String TOOL = "nevermined.settle";

    /** Begins the reason of a failure after which the same request may be settled again. */
    static final String NOT_CHARGED = "not_charged.";

    private static final char ATTEMPT = '#';

    private final CallJournal journal;
    private final String tenantId;
    private final Clock clock;

    ChargeBook(CallJournal journal, String tenantId, Clock clock) {
        this.journal = journal;
        this.tenantId = tenantId;
        this.clock = clock;
    }

    static String requestId(CallKey key) {
        return key.callId().substring(0, key.callId().lastIndexOf(ATTEMPT));
    }

    static int attempt(CallKey key) {
        return Integer.parseInt(key.callId().substring(key.callId().lastIndexOf(ATTEMPT) + 1));
    }

    /**
     * Writes down that a settle is about to be sent.
     *
     * @return what is in the way; empty when it may be sent now
     */
    Optional<JournalEntry> claim(JournalEntry started) {
        ClaimResult claimed = journal.claim(started);
        return claimed instanceof ClaimResult.InTheWay other ? Optional.of(other.entry()) : Optional.empty();
    }

    JournalEntry started(Grant grant, BigInteger credits, int attempt) {
        String digest = Digest32.sha256(grant.requestId().getBytes(StandardCharsets.UTF_8))
                .hex();
        CallFacts facts = new CallFacts(tenantId, TOOL, grant.planId(), digest, asLong(credits));
        return JournalEntry.started(key(grant.requestId(), attempt), facts, null, null, null, clock.instant());
    }

    /** Credits beyond a long are legal on the wire; the journal shows the largest number it can. */
    private static long asLong(BigInteger credits) {
        return credits.bitLength() < Long.SIZE ? credits.longValueExact() : Long.MAX_VALUE;
    }

    void keep(JournalEntry started, Settlement settlement) {
        journal.record(outcome(started, settlement));
    }

    private JournalEntry outcome(JournalEntry started, Settlement settlement) {
        Instant now = clock.instant();
        if (settlement instanceof Settlement.Settled settled) {
            return settled(started, settled.receipt(), now);
        }
        if (settlement instanceof Settlement.Failed failed) {
            return started.failed((failed.retryable() ? NOT_CHARGED : "") + failed.code(), now);
        }
        return started.inDoubt(((Settlement.Unknown) settlement).code(), now);
    }

    private static JournalEntry settled(JournalEntry started, SettlementReceipt receipt, Instant now) {
        try {
            return started.executed(envelope(started, receipt, now), now)
                    .delivered(new DeliveryReceipt("settled", null), now);
        } catch (WireException e) {
            return started.executedWithout(EvidenceStatus.NONE, "receipt.not_canonical", now);
        }
    }

    private static EvidenceEnvelope envelope(JournalEntry started, SettlementReceipt receipt, Instant now) {
        CallKey key = started.key();
        EvidenceContext context = new EvidenceContext(
                started.facts().tenantId(),
                key.intentId(),
                key.callId(),
                TOOL,
                started.facts().operation(),
                started.facts().spendCents(),
                null,
                "settle:" + started.facts().callDigest());
        return new EvidenceEnvelope(
                context,
                receipt.json(),
                Digest32.ofCanonical(receipt.json()).hex(),
                now.truncatedTo(ChronoUnit.SECONDS).toString(),
                EvidenceSeal.MANAGED,
                null);
    }

    /** A settle that some process began and never finished. */
    void lost(JournalEntry started) {
        journal.record(started.inDoubt("settlement.lost", clock.instant()));
    }

    /** A person knows that the payer was charged. */
    void charged(JournalEntry open) {
        journal.record(open.executedWithout(EvidenceStatus.NONE, "settled.by_hand", clock.instant()));
    }

    /** A person knows that the payer was not charged. */
    void notCharged(JournalEntry open) {
        journal.record(open.failed(NOT_CHARGED + "by_hand", clock.instant()));
    }

    /** The last attempt of a request. */
    Optional<JournalEntry> latest(String requestId) {
        @Nullable JournalEntry latest = null;
        for (int attempt = 1; attempt <= ChargeDesk.MAX_ATTEMPTS; attempt++) {
            Optional<JournalEntry> entry = journal.find(key(requestId, attempt));
            if (entry.isEmpty()) {
                break;
            }
            latest = entry.get();
        }
        return Optional.ofNullable(latest);
    }

    /** @throws JournalException {@code call.not_in_doubt} unless the last settle of the request is open */
    JournalEntry requireOpen(String requestId) {
        return latest(requestId)
                .filter(entry -> entry.state() == CallState.IN_DOUBT || entry.state() == CallState.STARTED)
                .orElseThrow(() -> new JournalException("call.not_in_doubt", "the settlement is not in doubt", null));
    }

    /** What a person has to look at, the oldest first. */
    List<ChargeRecord> unresolved(int limit) {
        return Stream.of(CallState.IN_DOUBT, CallState.STARTED)
                .flatMap(state -> journal.inState(state, limit).stream())
                .filter(entry -> entry.key().intentId().equals(INTENT)
                        && Objects.equals(entry.facts().tenantId(), tenantId))
                .map(ChargeRecord::of)
                .limit(limit)
                .toList();
    }

    private static CallKey key(String requestId, int attempt) {
        return new CallKey(INTENT, requestId + ATTEMPT + attempt);
    }
}
