package ai.paybond.kit.guard;

import static ai.paybond.kit.guard.GuardFixture.INTENT;
import static ai.paybond.kit.guard.GuardFixture.RESULT;
import static ai.paybond.kit.guard.GuardFixture.booking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.doCallRealMethod;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.spy;

import ai.paybond.kit.evidence.EvidenceEnvelope;
import ai.paybond.kit.evidence.EvidenceMapper;
import ai.paybond.kit.evidence.EvidenceSeal;
import ai.paybond.kit.evidence.EvidenceStatus;
import ai.paybond.kit.guard.ToolOutcome.Executed;
import ai.paybond.kit.guard.ToolOutcome.Failed;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.DeliveryRejectedException;
import ai.paybond.kit.journal.InMemoryCallJournal;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.journal.JournalException;
import ai.paybond.kit.journal.SpendStatus;
import ai.paybond.kit.wire.evidence.EvidenceVersion;
import ai.paybond.kit.wire.evidence.SignedEvidence;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** After the tool ran nothing is lost, and nothing fails the call. */
class ToolGuardAfterRunTest {
    private final GuardFixture fixture = new GuardFixture();

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    @Test
    void givesTheResultAndAReceipt() throws Exception {
        ToolOutcome<Map<String, Object>> outcome = fixture.guard().call(booking("c1"), fixture::book);
        assertThat(outcome.orThrow()).isSameAs(RESULT);
        CallReceipt receipt = ((Executed<?>) outcome).receipt();
        assertThat(receipt.state()).isEqualTo(CallState.DELIVERED);
        assertThat(receipt.evidence()).isEqualTo(EvidenceStatus.DELIVERED);
        assertThat(receipt.predicatePassed()).isTrue();
        assertThat(receipt.callId()).isEqualTo("c1");
        assertThat(receipt.operation()).isEqualTo("travel.book_hotel");
        assertThat(receipt.spendCents()).isEqualTo(4200);
        assertThat(receipt.auditId()).isEqualTo("audit-1");
        assertThat(receipt.decisionId()).isEqualTo("decision-c1");
        assertThat(receipt.replayed()).isFalse();
        assertThat(receipt.hasEvidenceTrouble()).isFalse();
    }

    @Test
    void signsOnlyTheDeclaredMembersAsThePayee() {
        fixture.guard().call(booking("c1"), fixture::book);
        EvidenceEnvelope envelope = fixture.authority.delivered.get(0);
        SignedEvidence signed = SignedEvidence.fromBody("tenant-a", INTENT, JsonObject.parse(envelope.signedBody()));
        assertThat(signed).isEqualTo(envelope.signed());
        assertThat(signed.version()).isEqualTo(EvidenceVersion.V2);
        assertThat(signed.payee()).isEqualTo(fixture.signer.publicKey());
        assertThat(signed.statement().payload().toJson()).isEqualTo("{\"status\":\"booked\",\"confirmation\":\"H-1\"}");
        assertThat(signed.statement().submittedAt()).isEqualTo("2026-11-21T10:00:00Z");
        assertThat(signed.statement().payeeDid()).isEqualTo("did:web:hotel.example");
        assertThat(envelope.payloadDigestHex())
                .isEqualTo(signed.statement().payloadDigest().hex());
        assertThat(envelope.idempotencyKey()).isEqualTo("evidence:" + INTENT + ":c1");
        assertThat(envelope.context().decisionId()).isEqualTo("decision-c1");
    }

    @Test
    void signsTheSeedGenerationWhenTold() {
        fixture.builder().evidenceVersion(EvidenceVersion.V1).build().call(booking("c1"), fixture::book);
        assertThat(fixture.authority.delivered.get(0).signed().version()).isEqualTo(EvidenceVersion.V1);
    }

    @Test
    void leavesSigningToTheAuthorityWhenTold() {
        ToolGuard guard = ToolGuard.builder(
                        GuardFixture.binding(),
                        ToolRegistry.of(ToolDeclaration.builder("bookHotel")
                                .evidence(fixture.mapper)
                                .build()),
                        fixture.authority,
                        (token, request) -> new ai.paybond.kit.capability.CapabilityVerdict.NotChecked(),
                        "tenant-a")
                .managedEvidence()
                .build();
        guard.call(booking("c1"), fixture::book);
        assertThat(fixture.authority.delivered).singleElement().satisfies(envelope -> {
            assertThat(envelope.seal()).isEqualTo(EvidenceSeal.MANAGED);
            assertThat(envelope.signedBody()).isNull();
        });
    }

    @Test
    void namesEvidenceByAHashWhenTheCallIdFitsNoHeader() {
        fixture.guard().call(booking("c\r\nX-Evil: 1"), fixture::book);
        assertThat(fixture.authority.delivered.get(0).idempotencyKey()).matches("evidence:sha256:[0-9a-f]{64}");
    }

    @Test
    void completesTheSpendBeforeItDeliversEvidence() {
        fixture.guard().call(booking("c1"), fixture::book);
        assertThat(fixture.authority.attempts)
                .containsExactly("consumed decision-c1", "evidence evidence:" + INTENT + ":c1");
    }

    @Test
    void journalsStartedBeforeTheRunAndTheBytesBeforeTheNetwork() {
        List<CallState> states = new ArrayList<>();
        fixture.authority.beforeDelivery = envelope -> {
            states.add(fixture.entry("c1").state());
            assertThat(fixture.entry("c1").envelope()).isEqualTo(envelope);
        };
        fixture.guard().call(booking("c1"), call -> {
            states.add(fixture.entry("c1").state());
            return RESULT;
        });
        assertThat(states).containsExactly(CallState.STARTED, CallState.EXECUTED);
    }

    @Test
    void keepsResultWhenEvidenceDeliveryFails() throws Exception {
        fixture.authority.deliverFault = new IllegalStateException("503");
        ToolGuard guard = fixture.guard();
        ToolOutcome<Map<String, Object>> outcome = guard.call(booking("c1"), fixture::book);
        assertThat(outcome.orThrow()).isSameAs(RESULT);
        assertThat(((Executed<?>) outcome).receipt().evidence()).isEqualTo(EvidenceStatus.PENDING);
        assertThat(((Executed<?>) outcome).receipt().hasEvidenceTrouble()).isTrue();
        fixture.authority.deliverFault = null;
        assertThat(guard.retryPending().settled()).isEqualTo(1);
        assertThat(fixture.authority.delivered).hasSize(1);
        assertThat(fixture.signer.signatures).hasValue(1);
        assertThat(fixture.entry("c1").state()).isEqualTo(CallState.DELIVERED);
    }

    @Test
    void neverReleasesAfterExecution() throws Exception {
        fixture.authority.completeFault = new IllegalStateException("503");
        ToolGuard guard = fixture.guard();
        ToolOutcome<Map<String, Object>> outcome = guard.call(booking("c1"), fixture::book);
        assertThat(outcome.orThrow()).isSameAs(RESULT);
        assertThat(fixture.entry("c1").spend()).isEqualTo(SpendStatus.CONSUME_DUE);
        assertThat(fixture.authority.delivered).hasSize(1);
        guard.retryPending();
        fixture.authority.completeFault = null;
        guard.close();
        assertThat(fixture.authority.attempts).noneMatch(attempt -> attempt.startsWith("released"));
        assertThat(fixture.authority.completions).containsExactly("consumed decision-c1");
    }

    @Test
    void deliversPendingEvidenceOnClose() {
        fixture.authority.deliverFault = new IllegalStateException("503");
        ToolGuard guard = fixture.guard();
        guard.call(booking("c1"), fixture::book);
        fixture.authority.deliverFault = null;
        guard.close();
        assertThat(fixture.entry("c1").state()).isEqualTo(CallState.DELIVERED);
    }

    @Test
    void closesWithinItsTimeWhileTheAuthorityIsAway() {
        fixture.authority.deliverFault = new IllegalStateException("503");
        ToolGuard guard = fixture.builder().closeTimeout(Duration.ZERO).build();
        guard.call(booking("c1"), fixture::book);
        guard.close();
        assertThat(fixture.entry("c1").evidence()).isEqualTo(EvidenceStatus.PENDING);
    }

    @Test
    void defersDeliveryWhenTold() {
        ToolGuard guard = fixture.builder().deferDelivery().build();
        Executed<?> executed = (Executed<?>) guard.call(booking("c1"), fixture::book);
        assertThat(executed.receipt().evidence()).isEqualTo(EvidenceStatus.PENDING);
        assertThat(fixture.authority.attempts).isEmpty();
        guard.retryPending();
        assertThat(fixture.entry("c1").state()).isEqualTo(CallState.DELIVERED);
    }

    @Test
    void keepsResultWhenJournalFailsAfterTheRun() throws Exception {
        InMemoryCallJournal journal = spy(new InMemoryCallJournal());
        fixture.journal = journal;
        doThrow(new JournalException("journal.io", "disk full", null))
                .when(journal)
                .record(argThat(this::ran));
        fixture.authority.deliverFault = new IllegalStateException("503");
        ToolGuard guard = fixture.guard();
        assertThat(guard.call(booking("c1"), fixture::book).orThrow()).isSameAs(RESULT);
        doCallRealMethod().when(journal).record(argThat(this::ran));
        fixture.authority.deliverFault = null;
        guard.retryPending();
        assertThat(fixture.entry("c1").state()).isEqualTo(CallState.DELIVERED);
        assertThat(fixture.signer.signatures).hasValue(1);
    }

    @Test
    void keepsResultWhenTheJournalBreaksWithAnErrorAfterTheRun() throws Exception {
        InMemoryCallJournal journal = spy(new InMemoryCallJournal());
        fixture.journal = journal;
        ToolOutcome<Map<String, Object>> outcome = fixture.guard().call(booking("c1"), call -> {
            doThrow(new NoClassDefFoundError("driver")).when(journal).find(any());
            doThrow(new NoClassDefFoundError("driver")).when(journal).record(any());
            return RESULT;
        });
        assertThat(outcome.orThrow()).isSameAs(RESULT);
        assertThat(fixture.authority.completions).containsExactly("consumed decision-c1");
    }

    @Test
    void keepsResultWhenTheSignerIsAwayAndSignsLater() throws Exception {
        fixture.signer.fault = new IllegalStateException("HSM offline");
        ToolGuard guard = fixture.guard();
        ToolOutcome<Map<String, Object>> outcome = guard.call(booking("c1"), fixture::book);
        assertThat(outcome.orThrow()).isSameAs(RESULT);
        assertThat(fixture.authority.completions).containsExactly("consumed decision-c1");
        assertThat(fixture.entry("c1").envelope().seal()).isEqualTo(EvidenceSeal.OWED);
        fixture.signer.fault = null;
        guard.retryPending();
        assertThat(fixture.authority.delivered.get(0).signed().statement().submittedAt())
                .isEqualTo("2026-11-21T10:00:00Z");
        assertThat(fixture.entry("c1").state()).isEqualTo(CallState.DELIVERED);
    }

    @Test
    void parksEvidenceThatHarborRefusesForGood() throws Exception {
        fixture.authority.deliverFault = new DeliveryRejectedException("evidence.schema", "does not fit");
        ToolOutcome<Map<String, Object>> outcome = fixture.guard().call(booking("c1"), fixture::book);
        assertThat(outcome.orThrow()).isSameAs(RESULT);
        assertThat(((Executed<?>) outcome).receipt().evidence()).isEqualTo(EvidenceStatus.REJECTED);
        assertThat(fixture.entry("c1").state()).isEqualTo(CallState.REJECTED);
        assertThat(fixture.entry("c1").spend()).isEqualTo(SpendStatus.CONSUMED);
    }

    @Test
    void doesNotInventEvidenceForStrings() throws Exception {
        ToolOutcome<String> outcome = fixture.guard().call(booking("c1"), call -> "FAILED: card declined");
        assertThat(outcome.orThrow()).isEqualTo("FAILED: card declined");
        assertThat(((Executed<?>) outcome).receipt().evidence()).isEqualTo(EvidenceStatus.UNMAPPED);
        assertThat(fixture.authority.delivered).isEmpty();
        assertThat(fixture.authority.completions).containsExactly("consumed decision-c1");
        assertThat(fixture.entry("c1").state()).isEqualTo(CallState.REJECTED);
        assertThat(fixture.entry("c1").reasonCode()).isEqualTo("result.not_json");
        assertThat(fixture.signer.signatures).hasValue(0);
    }

    @Test
    void keepsResultWhenTheMapperFails() throws Exception {
        fixture.mapper = (arguments, result) -> {
            throw new StackOverflowError();
        };
        ToolOutcome<Map<String, Object>> outcome = fixture.guard().call(booking("c1"), fixture::book);
        assertThat(outcome.orThrow()).isSameAs(RESULT);
        assertThat(fixture.entry("c1").reasonCode()).isEqualTo("mapper.failed");
        assertThat(fixture.entry("c1").state()).isEqualTo(CallState.REJECTED);
    }

    @Test
    @SuppressWarnings("NullAway") // a mapper may break its promise
    void keepsResultWhenTheMapperGivesNothing() throws Exception {
        fixture.mapper = (arguments, result) -> null;
        assertThat(fixture.guard().call(booking("c1"), fixture::book).orThrow()).isSameAs(RESULT);
        assertThat(fixture.entry("c1").reasonCode()).isEqualTo("mapper.failed");
    }

    @Test
    void doesNotSignAPayloadThatCanBeReadInTwoWays() {
        fixture.mapper = EvidenceMapper.of(result -> JsonObject.parse("{\"n\":9007199254740993}"));
        fixture.guard().call(booking("c1"), fixture::book);
        assertThat(fixture.entry("c1").evidence()).isEqualTo(EvidenceStatus.UNMAPPED);
        assertThat(fixture.entry("c1").reasonCode()).isEqualTo("payload.not_canonical");
        assertThat(fixture.signer.signatures).hasValue(0);
    }

    @Test
    void completesNothingWhenNothingWasReserved() {
        fixture.authority.answer = request -> new Decision.Allowed("audit-1", null, null);
        fixture.guard().call(booking("c1"), fixture::book);
        assertThat(fixture.authority.attempts).containsExactly("evidence evidence:" + INTENT + ":c1");
        assertThat(fixture.entry("c1").state()).isEqualTo(CallState.DELIVERED);
    }

    @Test
    void owesNoEvidenceForAToolDeclaredWithout() {
        ToolGuard guard = fixture.builder(ToolDeclaration.builder("bookHotel").withoutEvidence())
                .build();
        Executed<?> executed = (Executed<?>) guard.call(booking("c1"), fixture::book);
        assertThat(executed.receipt().evidence()).isEqualTo(EvidenceStatus.NONE);
        assertThat(executed.receipt().state()).isEqualTo(CallState.DELIVERED);
        assertThat(fixture.authority.attempts).containsExactly("consumed decision-c1");
    }

    @Test
    void releasesWhenToolFailsCleanly() {
        IllegalStateException soldOut = new IllegalStateException("sold out");
        ToolOutcome<Object> outcome = fixture.guard().call(booking("c1"), call -> {
            throw soldOut;
        });
        assertThat(outcome).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.inDoubt())
                .isFalse());
        assertThatThrownBy(outcome::orThrow).isSameAs(soldOut);
        assertThat(fixture.authority.attempts).containsExactly("released decision-c1");
        assertThat(fixture.entry("c1").state()).isEqualTo(CallState.FAILED);
        assertThat(fixture.entry("c1").spend()).isEqualTo(SpendStatus.RELEASED);
        assertThat(fixture.entry("c1").reasonCode()).isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void releasesLaterWhenTheAuthorityIsAway() {
        fixture.authority.completeFault = new IllegalStateException("503");
        ToolGuard guard = fixture.guard();
        guard.call(booking("c1"), call -> {
            throw new IllegalStateException("sold out");
        });
        fixture.authority.completeFault = null;
        guard.retryPending();
        assertThat(fixture.authority.completions).containsExactly("released decision-c1");
    }

    @Test
    void leavesInDoubtOnTimeout() {
        HttpTimeoutException timeout = new HttpTimeoutException("no reply");
        ToolOutcome<Object> outcome = fixture.guard().call(booking("c1"), call -> {
            throw timeout;
        });
        assertThatThrownBy(outcome::orThrow).isSameAs(timeout);
        assertInDoubt(outcome);
    }

    static Stream<Throwable> doubtfulFailures() {
        return Stream.of(
                new IOException("reset"),
                new UncheckedIOException(new IOException("reset")),
                new TimeoutException(),
                new CancellationException(),
                new InterruptedException(),
                new OutOfMemoryError("heap"),
                new IllegalStateException("booking failed", new IOException("reset")));
    }

    @ParameterizedTest
    @MethodSource("doubtfulFailures")
    void neitherReleasesNorConsumesInDoubt(Throwable thrown) {
        ToolGuard guard = fixture.guard();
        ToolOutcome<Object> outcome = guard.call(booking("c1"), call -> sneakyThrow(thrown));
        guard.retryPending();
        assertThatThrownBy(outcome::orThrow).isSameAs(thrown);
        assertInDoubt(outcome);
    }

    @Test
    void restoresTheInterruptOfATool() {
        fixture.guard().call(booking("c1"), call -> {
            throw new InterruptedException();
        });
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void deliversWithoutTheCallersInterruptAndRestoresIt() {
        List<Boolean> interrupted = new ArrayList<>();
        fixture.authority.beforeDelivery =
                envelope -> interrupted.add(Thread.currentThread().isInterrupted());
        fixture.guard().call(booking("c1"), call -> {
            Thread.currentThread().interrupt();
            return RESULT;
        });
        assertThat(interrupted).containsExactly(false);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void tellsListenersWhatHappened() {
        List<String> events = new ArrayList<>();
        ToolGuard guard = fixture.builder().listener(new Narrator(events)).build();
        guard.call(booking("c1"), fixture::book);
        guard.call(booking("c1"), fixture::book);
        guard.call(booking("c2"), call -> {
            throw new IllegalStateException();
        });
        assertThat(events)
                .containsExactly(
                        "decided Allowed",
                        "journaled EXECUTED",
                        "journaled EXECUTED",
                        "journaled DELIVERED",
                        "executed DELIVERED",
                        "replayed",
                        "decided Allowed",
                        "journaled FAILED",
                        "journaled FAILED",
                        "failed FAILED");
    }

    private void assertInDoubt(ToolOutcome<?> outcome) {
        assertThat(outcome).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.inDoubt()).isTrue();
            assertThat(failed.receipt().state()).isEqualTo(CallState.IN_DOUBT);
        });
        assertThat(fixture.entry("c1").state()).isEqualTo(CallState.IN_DOUBT);
        assertThat(fixture.entry("c1").spend()).isEqualTo(SpendStatus.HELD);
        assertThat(fixture.authority.attempts).isEmpty();
    }

    private boolean ran(JournalEntry entry) {
        return entry != null && entry.state().mayHaveRun();
    }

    @SuppressWarnings("unchecked")
    private static <R, E extends Throwable> R sneakyThrow(Throwable thrown) throws E {
        throw (E) thrown;
    }

    private record Narrator(List<String> events) implements GuardListener {
        @Override
        public void decided(ToolCall call, Decision decision) {
            events.add("decided " + decision.getClass().getSimpleName());
        }

        @Override
        public void executed(ToolCall call, CallReceipt receipt) {
            events.add("executed " + receipt.state());
        }

        @Override
        public void failed(ToolCall call, CallReceipt receipt, Throwable thrown) {
            events.add("failed " + receipt.state());
        }

        @Override
        public void replayed(ToolCall call, ToolOutcome<?> outcome) {
            events.add("replayed");
        }

        @Override
        public void journaled(JournalEntry entry) {
            events.add("journaled " + entry.state());
        }
    }
}
