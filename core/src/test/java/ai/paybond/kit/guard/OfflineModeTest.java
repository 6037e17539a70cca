package ai.paybond.kit.guard;

import static ai.paybond.kit.guard.GuardFixture.INTENT;
import static ai.paybond.kit.guard.GuardFixture.NOW;
import static ai.paybond.kit.guard.GuardFixture.booking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.paybond.kit.CallJournals;
import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.approval.ApprovalAnswer;
import ai.paybond.kit.approval.ApprovalToken;
import ai.paybond.kit.capability.CapabilityClaims;
import ai.paybond.kit.capability.CapabilityVerdict;
import ai.paybond.kit.capability.DenyReason;
import ai.paybond.kit.capability.GrantedApproval;
import ai.paybond.kit.guard.ToolOutcome.Executed;
import ai.paybond.kit.guard.ToolOutcome.Refused;
import ai.paybond.kit.journal.Authorization;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.SpendStatus;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** While the authority is out of reach, an allowance and nothing else lets calls run; afterwards it is told. */
class OfflineModeTest {
    private static final OfflineAllowance ALLOWANCE = new OfflineAllowance(10_000, 5_000, 3, Duration.ofHours(1));
    private static final Function<AuthorizationRequest, Decision> UNREACHABLE = request -> {
        throw new AuthorityUnreachableException("no route", new ConnectException());
    };

    @TempDir
    Path directory;

    private final GuardFixture fixture = new GuardFixture();

    @BeforeEach
    void verifyForReal() {
        fixture.verdict = request -> new CapabilityVerdict.Verified(new CapabilityClaims(
                "tenant-a",
                INTENT,
                null,
                Set.of("travel.book_hotel"),
                20_000,
                "usd",
                NOW.plusSeconds(60),
                null,
                1,
                List.of()));
    }

    @Test
    void isOffByDefault() {
        ToolGuard guard = fixture.guard();
        call(guard, "c0", 100);
        fixture.authority.answer = UNREACHABLE;

        assertThat(codeOf(call(guard, "c1", 100))).isEqualTo(GuardCodes.AUTHORITY_UNREACHABLE);
    }

    @Test
    void neverRunsWhatTheAuthorityHeld() {
        ToolGuard guard = afterContact();
        fixture.authority.answer = RecordingAuthority::held;
        call(guard, "c1", 100);
        fixture.authority.answer = UNREACHABLE;

        assertThat(codeOf(call(guard, "c1", 100))).isEqualTo(GuardCodes.AUTHORITY_UNREACHABLE);
        assertThat(codeOf(guard.resume("c1", ApprovalAnswer.approved(), fixture::book)))
                .isEqualTo(GuardCodes.OFFLINE_APPROVED);
        assertThat(fixture.entry("c1").state()).isEqualTo(CallState.HELD);
    }

    @Test
    void neverRunsWhatWasApprovedWithATokenOfTheAuthority() {
        ToolGuard guard = afterContact();
        fixture.authority.answer = RecordingAuthority::held;
        call(guard, "c1", 100);
        fixture.authority.answer = UNREACHABLE;

        ApprovalAnswer answer = ApprovalAnswer.approved(ApprovalToken.of("approval-token"));
        assertThat(codeOf(guard.resume("c1", answer, fixture::book))).isEqualTo(GuardCodes.OFFLINE_APPROVED);
        assertThat(fixture.runs).hasValue(1);
    }

    @Test
    void neverRunsWhatAPersonApprovedHere() {
        afterContact();
        ToolGuard guard = fixture.builder(ToolDeclaration.builder("bookHotel")
                        .operation("travel.book_hotel")
                        .spend(SpendRule.argument("amount_cents"))
                        .requiresApproval()
                        .withoutEvidence())
                .approver(request -> ApprovalAnswer.approved())
                .offline(ALLOWANCE)
                .build();

        assertThat(codeOf(call(guard, "c1", 100))).isEqualTo(GuardCodes.OFFLINE_APPROVED);
        assertThat(fixture.entry("c1").state()).isEqualTo(CallState.HELD);
        fixture.authority.answer = RecordingAuthority::allowed;
        assertThat(call(guard, "c1", 100)).isInstanceOf(Executed.class);
    }

    @Test
    void neverRunsWhatAnApproversBlockAllows() {
        ToolGuard guard = afterContact();
        CapabilityVerdict.Verified plain = (CapabilityVerdict.Verified) fixture.verdict.apply(null);
        GrantedApproval block = new GrantedApproval("finance", "request-1", 5_000, NOW.plusSeconds(60));
        fixture.verdict = request -> new CapabilityVerdict.Verified(plain.claims(), List.of(block));

        assertThat(codeOf(call(guard, "c1", 100))).isEqualTo(GuardCodes.OFFLINE_APPROVED);
        assertThat(fixture.runs).hasValue(1);
    }

    @Test
    void runsWithinTheAllowanceAndJournalsThatItWasOffline() {
        ToolGuard guard = afterContact();

        assertThat(call(guard, "c1", 4_200)).isInstanceOf(Executed.class);

        assertThat(fixture.entry("c1").authorization()).isEqualTo(Authorization.OFFLINE);
        assertThat(fixture.entry("c1").spend()).isEqualTo(SpendStatus.RECONCILE_DUE);
        assertThat(fixture.entry("c1").envelope().isSealed()).isTrue();
        assertThat(fixture.authority.completions).containsExactly("consumed decision-c0");
        assertThat(fixture.authority.delivered).hasSize(1);
    }

    @Test
    void tellsTheAuthorityOnReturnUnderTheKeyOfTheFirstAttempt() {
        ToolGuard guard = afterContact();
        call(guard, "c1", 4_200);
        String firstKey = fixture.authority.asked.get(1).idempotencyKey();
        fixture.authority.answer = RecordingAuthority::allowed;

        assertThat(guard.retryPending().settled()).isEqualTo(1);

        assertThat(fixture.authority.asked)
                .extracting(AuthorizationRequest::idempotencyKey)
                .endsWith(firstKey);
        assertThat(fixture.authority.completions).containsExactly("consumed decision-c0", "consumed decision-c1");
        assertThat(fixture.authority.delivered).hasSize(2);
        assertThat(fixture.entry("c1").state()).isEqualTo(CallState.DELIVERED);
        assertThat(fixture.runs).hasValue(2);
    }

    @Test
    void staysPendingWhileTheAuthorityIsStillAway() {
        ToolGuard guard = afterContact();
        call(guard, "c1", 4_200);

        assertThat(guard.retryPending().pending()).isEqualTo(1);
        assertThat(fixture.entry("c1").spend()).isEqualTo(SpendStatus.RECONCILE_DUE);
    }

    @Test
    void anAuthorityThatFailsOnReturnHasNotRefused() {
        ToolGuard guard = afterContact();
        call(guard, "c1", 4_200);
        fixture.authority.answer =
                request -> Decision.Denied.because(DenyReason.remote(GuardCodes.AUTHORITY_UNREACHABLE, "503"));

        assertThat(guard.retryPending().pending()).isEqualTo(1);
    }

    @Test
    void aRefusalOnReturnParksTheCallAndStillProvesThatItRan() {
        ToolGuard guard = afterContact();
        call(guard, "c1", 4_200);
        fixture.authority.answer = RecordingAuthority::denied;

        assertThat(guard.retryPending().parked()).isEqualTo(1);

        assertThat(fixture.entry("c1").state()).isEqualTo(CallState.REJECTED);
        assertThat(fixture.entry("c1").spend()).isEqualTo(SpendStatus.REJECTED);
        assertThat(fixture.entry("c1").reasonCode()).isEqualTo(GuardCodes.OFFLINE_REFUSED_ON_RETURN);
        assertThat(fixture.authority.delivered).hasSize(2);
        assertThat(codeOf(call(guard, "c1", 4_200))).isNull();
        assertThat(fixture.runs).hasValue(2);
    }

    @Test
    void anApprovalThatWouldHaveBeenNeededIsARefusalOnReturn() {
        ToolGuard guard = afterContact();
        call(guard, "c1", 4_200);
        fixture.authority.answer = RecordingAuthority::held;

        assertThat(guard.retryPending().parked()).isEqualTo(1);
        assertThat(fixture.entry("c1").reasonCode()).isEqualTo(GuardCodes.OFFLINE_REFUSED_ON_RETURN);
    }

    @Test
    void aToolThatFailedCleanlyOfflineOwesNothing() {
        ToolGuard guard = afterContact();
        guard.call(booking("c1"), permitted -> {
            throw new IllegalStateException("sold out");
        });

        assertThat(fixture.entry("c1").isPending()).isFalse();
        assertThat(fixture.journal.chargedCents("offline:" + INTENT)).isZero();
    }

    @Test
    void aCallInDoubtKeepsItsShareOfTheAllowance() {
        ToolGuard guard = afterContact();
        guard.call(booking("c1"), permitted -> {
            throw new IOException("reset");
        });

        assertThat(fixture.entry("c1").state()).isEqualTo(CallState.IN_DOUBT);
        assertThat(fixture.journal.chargedCents("offline:" + INTENT)).isEqualTo(4_200);
    }

    @ParameterizedTest
    @CsvSource({"0, offline.not_countable", "5001, offline.spend_exceeded"})
    void deniesWhatOneCallMayNotSpend(long cents, String code) {
        assertThat(codeOf(call(afterContact(), "c1", cents))).isEqualTo(code);
    }

    @Test
    void deniesWhenTheCentsAreUsedUp() {
        ToolGuard guard = afterContact();
        call(guard, "c1", 5_000);
        call(guard, "c2", 4_000);

        assertThat(codeOf(call(guard, "c3", 1_001))).isEqualTo(GuardCodes.OFFLINE_ALLOWANCE_EXHAUSTED);
        assertThat(call(guard, "c4", 1_000)).isInstanceOf(Executed.class);
    }

    @Test
    void deniesWhenTheCallsAreUsedUp() {
        ToolGuard guard = afterContact();
        call(guard, "c1", 1);
        call(guard, "c2", 7);
        call(guard, "c3", 1);

        assertThat(codeOf(call(guard, "c4", 9))).isEqualTo(GuardCodes.OFFLINE_ALLOWANCE_EXHAUSTED);
    }

    @Test
    void isNotRefilledWhenTheAuthorityIsBack() {
        ToolGuard guard = afterContact();
        call(guard, "c1", 5_000);
        call(guard, "c2", 5_000);
        fixture.authority.answer = RecordingAuthority::allowed;
        guard.retryPending();
        fixture.authority.answer = UNREACHABLE;

        assertThat(codeOf(call(guard, "c3", 1))).isEqualTo(GuardCodes.OFFLINE_ALLOWANCE_EXHAUSTED);
    }

    @Test
    void guardsThatShareAJournalShareTheAllowance() throws Exception {
        try (CallJournal journal = CallJournals.file(directory.resolve("journal.db"))) {
            fixture.journal = journal;
            afterContact();
            ExecutorService threads = Executors.newFixedThreadPool(4);
            List<Future<ToolOutcome<?>>> outcomes = new ArrayList<>();
            for (int i = 1; i <= 8; i++) {
                String id = "c" + i;
                outcomes.add(threads.submit(() -> call(offline(NOW), id, 100)));
            }
            int executed = 0;
            for (Future<ToolOutcome<?>> outcome : outcomes) {
                executed += outcome.get() instanceof Executed ? 1 : 0;
            }
            threads.shutdown();
            assertThat(executed).isEqualTo(ALLOWANCE.maxCalls());
        }
    }

    @Test
    void deniesWhenTheCapabilityWasNotVerifiedHere() {
        ToolGuard guard = afterContact();
        fixture.verdict = request -> new CapabilityVerdict.NotChecked();

        assertThat(codeOf(call(guard, "c1", 100))).isEqualTo(GuardCodes.OFFLINE_UNVERIFIED);
    }

    @Test
    void deniesAnIntentThatTheAuthorityNeverAnsweredFor() {
        fixture.authority.answer = UNREACHABLE;

        assertThat(codeOf(call(offline(NOW), "c1", 100))).isEqualTo(GuardCodes.OFFLINE_TOO_LONG);
    }

    @Test
    void deniesWhenTheLatestAnswerIsTooLongAgo() {
        afterContact();

        assertThat(codeOf(call(offline(NOW.plusSeconds(3_601)), "c1", 100))).isEqualTo(GuardCodes.OFFLINE_TOO_LONG);
    }

    @Test
    void deniesWhenTheClockIsBeforeTheLatestAnswer() {
        afterContact();

        assertThat(codeOf(call(offline(NOW.minusSeconds(1)), "c1", 100))).isEqualTo(GuardCodes.OFFLINE_TOO_LONG);
    }

    @Test
    void aProcessThatStartsOfflineKnowsTheLatestAnswerFromTheJournal() {
        afterContact();

        assertThat(call(offline(NOW.plusSeconds(3_600)), "c1", 100)).isInstanceOf(Executed.class);
    }

    @Test
    void anAnswerThatNobodyGaveIsNoContact() {
        fixture.authority.answer =
                request -> Decision.Denied.because(DenyReason.remote(GuardCodes.AUTHORITY_UNREACHABLE, "503"));
        ToolGuard guard = offline(NOW);
        call(guard, "c0", 100);
        fixture.authority.answer = UNREACHABLE;

        assertThat(codeOf(call(guard, "c1", 100))).isEqualTo(GuardCodes.OFFLINE_TOO_LONG);
    }

    @Test
    void neverRunsWhatTheAuthorityRefused() {
        ToolGuard guard = afterContact();
        fixture.authority.answer = RecordingAuthority::denied;

        assertThat(codeOf(call(guard, "c1", 100))).isEqualTo("budget_exceeded");
    }

    @Test
    void neverRunsWhenTheAuthorityFailedInAnotherWay() {
        ToolGuard guard = afterContact();
        fixture.authority.answer = request -> {
            throw new IllegalStateException("503");
        };

        assertThat(codeOf(call(guard, "c1", 100))).isEqualTo(GuardCodes.AUTHORITY_UNREACHABLE);
    }

    @Test
    void anAuthorityCannotSayThatACallIsOffline() {
        ToolGuard guard = afterContact();
        fixture.authority.answer = request -> new Decision.Allowed(null, null, null, true);

        assertThat(codeOf(call(guard, "c1", 100))).isEqualTo(GuardCodes.AUTHORITY_PROTOCOL_ERROR);
    }

    @Test
    void isNotForEvidenceThatTheAuthoritySigns() {
        ToolGuardBuilder builder = ToolGuard.builder(
                        GuardFixture.binding(),
                        ToolRegistry.of(),
                        fixture.authority,
                        (t, r) -> new CapabilityVerdict.NotChecked(),
                        "t")
                .managedEvidence()
                .offline(ALLOWANCE);

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(builder::build)
                .satisfies(e -> assertThat(e.code()).isEqualTo("guard.offline"));
    }

    @ParameterizedTest
    @CsvSource({"0,1,1,1", "1,0,1,1", "1,1,0,1", "1,1,101,1", "1,1,1,0", "1,1,1,-1"})
    void anAllowanceHasAmountsCallsAndATime(long cents, long callCents, int calls, long seconds) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OfflineAllowance(cents, callCents, calls, Duration.ofSeconds(seconds)));
    }

    /** A guard whose authority answered once and is away now. */
    private ToolGuard afterContact() {
        ToolGuard guard = offline(NOW);
        fixture.authority.answer = RecordingAuthority::allowed;
        assertThat(call(guard, "c0", 100)).isInstanceOf(Executed.class);
        fixture.authority.answer = UNREACHABLE;
        return guard;
    }

    private ToolGuard offline(Instant now) {
        return fixture.builder()
                .offline(ALLOWANCE)
                .clock(Clock.fixed(now, ZoneOffset.UTC))
                .build();
    }

    private ToolOutcome<?> call(ToolGuard guard, String callId, long cents) {
        return guard.call(booking(callId, "{\"amount_cents\":" + cents + "}"), fixture::book);
    }

    private static @Nullable String codeOf(ToolOutcome<?> outcome) {
        return outcome instanceof Refused<?> refused
                ? refused.decision().reason().code()
                : null;
    }
}
