package ai.paybond.kit.guard;

import static ai.paybond.kit.guard.GuardFixture.ARGS;
import static ai.paybond.kit.guard.GuardFixture.booking;
import static ai.paybond.kit.guard.GuardFixture.search;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.spy;
import static org.mockito.Mockito.when;

import ai.paybond.kit.PaybondException;
import ai.paybond.kit.capability.CapabilityRequest;
import ai.paybond.kit.capability.CapabilityVerdict;
import ai.paybond.kit.capability.DenyReason;
import ai.paybond.kit.guard.ToolOutcome.Executed;
import ai.paybond.kit.guard.ToolOutcome.Held;
import ai.paybond.kit.guard.ToolOutcome.Refused;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.InMemoryCallJournal;
import ai.paybond.kit.journal.JournalException;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything before the tool runs fails closed, with a stable code, and nothing stays reserved. */
class ToolGuardBeforeRunTest {
    private final GuardFixture fixture = new GuardFixture();

    @Test
    void asksTheAuthorityWithWhatWasVerified() {
        fixture.guard().call(booking("c1"), fixture::book);
        assertThat(fixture.verified)
                .containsExactly(
                        new CapabilityRequest("tenant-a", GuardFixture.INTENT, "travel.book_hotel", 4200, "usd", ARGS));
        assertThat(fixture.authority.asked).singleElement().satisfies(request -> {
            assertThat(request.tenantId()).isEqualTo("tenant-a");
            assertThat(request.intentId()).isEqualTo(GuardFixture.INTENT);
            assertThat(request.operation()).isEqualTo("travel.book_hotel");
            assertThat(request.spendCents()).isEqualTo(4200);
            assertThat(request.currency()).isEqualTo("usd");
            assertThat(request.callId()).isEqualTo("c1");
            assertThat(request.toolName()).isEqualTo("bookHotel");
            assertThat(request.arguments()).isEqualTo(ARGS);
            assertThat(request.idempotencyKey()).matches("[0-9a-f]{64}");
        });
    }

    @Test
    void runsTheBodyWithExactlyTheCheckedArguments() {
        List<ToolCall> permitted = new ArrayList<>();
        fixture.guard().call(booking("c1"), call -> {
            permitted.add(call);
            return null;
        });
        assertThat(permitted).containsExactly(booking("c1"));
        assertThat(permitted.get(0).arguments())
                .isEqualTo(fixture.authority.asked.get(0).arguments())
                .isEqualTo(fixture.verified.get(0).arguments());
    }

    @Test
    void tellsTheBodyTheIdThatWasDrawn() {
        List<@Nullable String> ids = new ArrayList<>();
        fixture.guard().call(booking(null), call -> ids.add(call.callId()));
        assertThat(ids).containsExactly("drawn-1");
    }

    @Test
    void deniesUndeclaredTool() {
        assertDenied(ToolCall.of("wireMoneyEverywhere", "c1", ARGS), "tool.undeclared");
        assertThat(fixture.entry("c1").state()).isEqualTo(CallState.DENIED);
    }

    @Test
    void deniesToolNameOfAnotherCase() {
        assertDenied(ToolCall.of("BookHotel", "c1", ARGS), "tool.undeclared");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  "})
    void deniesBlankToolName(@Nullable String name) {
        assertCode(fixture.guard().call(name, "c1", "{}", fixture::book), "tool.undeclared");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void takesNoArgumentsAsAnEmptyObject(@Nullable String json) {
        List<JsonObject> seen = new ArrayList<>();
        fixture.guard().call("searchHotels", "c1", json, call -> seen.add(call.arguments()));
        assertThat(seen).containsExactly(JsonObject.builder().build());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "\"{}\"",
                "null",
                "{\"a\":1} {\"a\":2}",
                "{\"a\":1,}",
                "{'a':1}",
                "{\"a\":NaN}",
                "{a:1}"
            })
    void deniesArgumentsThatAreNotOneJsonObject(String json) {
        assertCode(fixture.guard().call("bookHotel", "c1", json, fixture::book), "arguments.malformed");
    }

    @Test
    void deniesArgumentsNestedTooDeep() {
        String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        assertCode(fixture.guard().call("bookHotel", "c1", deep, fixture::book), "arguments.malformed");
    }

    @Test
    void deniesANameGivenTwice() {
        String twice = "{\"amount_cents\":5,\"amount_cents\":50000}";
        assertCode(fixture.guard().call("bookHotel", "c1", twice, fixture::book), "arguments.ambiguous");
    }

    @Test
    void deniesANumberThatDoesNotSurviveARoundTrip() {
        assertDenied(booking("c1", "{\"amount_cents\":4200,\"nonce\":9007199254740993}"), "arguments.ambiguous");
    }

    @Test
    void deniesALoneSurrogate() {
        JsonObject arguments = JsonObject.builder()
                .put("amount_cents", 4200)
                .put("name", new JsonString("\ud800"))
                .build();
        assertDenied(ToolCall.of("bookHotel", "c1", arguments), "arguments.ambiguous");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"amount_cents\":null}",
                "{\"amount_cents\":-1}",
                "{\"amount_cents\":\"4200\"}",
                "{\"amount_cents\":8.9}",
                "{\"amount_cents\":[4200]}"
            })
    void deniesASpendThatIsNoWholeNumberOfCents(String json) {
        assertDenied(booking("c1", json), "spend.invalid");
    }

    @Test
    void deniesWhenTheSpendRuleThrows() {
        ToolGuard guard = fixture.builder(
                        ToolDeclaration.builder("bookHotel").withoutEvidence().spend(call -> {
                            throw new StackOverflowError();
                        }))
                .build();
        assertCode(guard.call(booking("c1"), fixture::book), "spend.invalid");
    }

    @Test
    void deniesWithTheVerifiersOwnReason() {
        DenyReason reason = DenyReason.local("capability.expired", "the capability has expired");
        fixture.verdict = request -> new CapabilityVerdict.Refused(reason);
        Refused<?> refused = assertDenied(booking("c1"), "capability.expired");
        assertThat(refused.decision().reason()).isEqualTo(reason);
        assertThat(fixture.authority.asked).isEmpty();
    }

    @Test
    void deniesWhenTheVerifierThrows() {
        fixture.verdict = request -> {
            throw new IllegalStateException("datalog");
        };
        assertDenied(booking("c1"), "capability.unverifiable");
        assertThat(fixture.authority.asked).isEmpty();
    }

    @Test
    void deniesWhenTheVerifierRunsOutOfStack() {
        fixture.verdict = request -> {
            throw new StackOverflowError();
        };
        assertDenied(booking("c1"), "capability.unverifiable");
    }

    @Test
    void deniesWhenTheVerifierSaysNothing() {
        fixture.verdict = request -> null;
        assertDenied(booking("c1"), "capability.unverifiable");
    }

    @Test
    void deniesWithTheAuthoritysReasonAndAuditId() {
        fixture.authority.answer = RecordingAuthority::denied;
        Refused<?> refused = assertDenied(booking("c1"), "budget_exceeded");
        assertThat(refused.decision().auditId()).isEqualTo("audit-2");
        assertThat(fixture.entry("c1").auditId()).isEqualTo("audit-2");
    }

    @Test
    void deniesWhenAuthorityThrows() {
        fixture.authority.answer = request -> {
            throw new IllegalStateException("connection reset, token c2VjcmV0LXRva2Vu");
        };
        Refused<?> refused = assertDenied(booking("c1"), "authority.unreachable");
        assertThat(refused.decision().reason().message()).doesNotContain("c2VjcmV0");
    }

    @Test
    void deniesWithTheCodeOfATypedAuthorityFault() {
        fixture.authority.answer = request -> {
            throw new PaybondException("reply.not_json", "a reply that nobody can read");
        };
        assertDenied(booking("c1"), "reply.not_json");
    }

    @Test
    void deniesWhenTheAuthorityGivesNoAnswer() {
        ToolAuthority silent = mock(ToolAuthority.class);
        ToolGuard guard = ToolGuard.builder(
                        GuardFixture.binding(),
                        ToolRegistry.of(ToolDeclaration.builder("bookHotel")
                                .withoutEvidence()
                                .build()),
                        silent,
                        (token, request) -> new CapabilityVerdict.NotChecked(),
                        "tenant-a")
                .build();
        assertCode(guard.call(booking("c1"), fixture::book), "authority.protocol_error");
    }

    @Test
    void holdsForApprovalWithoutRunning() {
        fixture.authority.answer = RecordingAuthority::held;
        ToolOutcome<?> outcome = fixture.guard().call(booking("c1"), fixture::book);
        assertThat(outcome).isInstanceOfSatisfying(Held.class, held -> assertThat(
                        held.decision().approvalRequestId())
                .isEqualTo("approval-1"));
        assertThat(fixture.runs).hasValue(0);
        assertThat(fixture.entry("c1").state()).isEqualTo(CallState.HELD);
    }

    @Test
    void deniesWhenJournalIsUnavailable() {
        fixture.journal = mock(CallJournal.class);
        when(fixture.journal.find(any())).thenThrow(new JournalException("journal.io", "disk full", null));
        assertDenied(booking("c1"), "journal.unavailable");
        assertThat(fixture.authority.asked).isEmpty();
    }

    @Test
    void releasesWhenJournalFailsAfterAuthorization() {
        fixture.journal = spy(new InMemoryCallJournal());
        doThrow(new JournalException("journal.io", "disk full", null))
                .when(fixture.journal)
                .claim(any());
        assertDenied(booking("c1"), "journal.unavailable");
        assertThat(fixture.authority.completions).containsExactly("released decision-c1");
    }

    @Test
    void releasesNothingThatAnotherRunMayBeUsing() {
        fixture.journal = spy(new InMemoryCallJournal());
        doThrow(new JournalException("journal.io", "connection lost at commit", null))
                .when(fixture.journal)
                .claim(any());
        fixture.authority.answer = request -> {
            doThrow(new JournalException("journal.io", "still lost", null))
                    .when(fixture.journal)
                    .find(any());
            return RecordingAuthority.allowed(request);
        };
        assertDenied(booking("c1"), "journal.unavailable");
        assertThat(fixture.authority.attempts).isEmpty();
    }

    @Test
    void asksForANewReservationAfterOneWasGivenBack() {
        fixture.journal = spy(new InMemoryCallJournal());
        doThrow(new JournalException("journal.io", "disk full", null))
                .doCallRealMethod()
                .when(fixture.journal)
                .claim(any());
        ToolGuard guard = fixture.guard();
        assertCode(guard.call(booking("c1"), fixture::book), "journal.unavailable");
        fixture.authority.answer = request -> new Decision.Allowed("audit-2", "decision-new", null);
        assertThat(guard.call(booking("c1"), fixture::book).isExecuted()).isTrue();
        assertThat(fixture.authority.asked)
                .extracting(AuthorizationRequest::idempotencyKey)
                .doesNotHaveDuplicates();
        assertThat(fixture.authority.completions).containsExactly("released decision-c1", "consumed decision-new");
    }

    @Test
    void runsNothingOnAReservationThatWasGivenBack() {
        fixture.journal = spy(new InMemoryCallJournal());
        JournalException full = new JournalException("journal.io", "disk full", null);
        doThrow(full).doCallRealMethod().when(fixture.journal).claim(any());
        doThrow(full).doCallRealMethod().when(fixture.journal).record(any());
        ToolGuard guard = fixture.guard();
        assertCode(guard.call(booking("c1"), fixture::book), "journal.unavailable");
        assertCode(guard.call(booking("c1"), fixture::book), "call.unsettled");
        assertThat(fixture.runs).hasValue(0);
        fixture.authority.answer = request -> new Decision.Allowed("audit-2", "decision-new", null);
        assertThat(guard.call(booking("c1"), fixture::book).isExecuted()).isTrue();
        assertThat(fixture.authority.completions).containsExactly("released decision-c1", "consumed decision-new");
    }

    @Test
    void releasesLaterWhenTheAuthorityIsAwayAsWell() {
        fixture.journal = spy(new InMemoryCallJournal());
        doThrow(new OutOfMemoryError()).when(fixture.journal).claim(any());
        fixture.authority.completeFault = new IllegalStateException("503");
        ToolGuard guard = fixture.guard();
        assertCode(guard.call(booking("c1"), fixture::book), "journal.unavailable");
        fixture.authority.completeFault = null;
        assertThat(guard.retryPending().isComplete()).isTrue();
        assertThat(fixture.authority.completions).containsExactly("released decision-c1");
    }

    @Test
    void deniesWhenTheJournalIsFullOfUnsettledCalls() {
        fixture.journal = new InMemoryCallJournal(1);
        fixture.authority.deliverFault = new IllegalStateException("503");
        ToolGuard guard = fixture.guard();
        guard.call(booking("c1"), fixture::book);
        assertCode(guard.call(booking("c2"), fixture::book), "journal.unavailable");
        assertThat(fixture.runs).hasValue(1);
        assertThat(fixture.authority.completions)
                .contains("released decision-c2")
                .doesNotContain("released decision-c1");
    }

    @Test
    void deniesACallIdOfUnboundedLength() {
        assertDenied(booking("x".repeat(257)), "call.id_too_long");
        assertThat(fixture.runs).hasValue(0);
    }

    @Test
    void runsReadOnlyToolsWithoutCapabilityOrAuthority() {
        fixture.verdict = request -> new CapabilityVerdict.Refused(DenyReason.local("capability.expired", "expired"));
        ToolOutcome<String> outcome = fixture.guard().call(search("c1"), call -> "three hotels");
        assertThat(outcome).isInstanceOfSatisfying(Executed.class, executed -> {
            assertThat(executed.result()).isEqualTo("three hotels");
            assertThat(executed.receipt().state()).isEqualTo(CallState.DELIVERED);
        });
        assertThat(fixture.authority.asked).isEmpty();
        assertThat(fixture.authority.attempts).isEmpty();
        assertThat(fixture.verified).isEmpty();
        assertThat(fixture.entry("c1").state()).isEqualTo(CallState.DELIVERED);
    }

    @Test
    void deniesReadOnlyToolsWithAmbiguousArguments() {
        String twice = "{\"city\":\"Paris\",\"city\":\"Lyon\"}";
        assertCode(fixture.guard().call("searchHotels", "c1", twice, call -> "x"), "arguments.ambiguous");
    }

    @ParameterizedTest
    @CsvSource({"bookHotel,{}", "searchHotels,{}", "invented,{}", "bookHotel,not JSON"})
    void journalsARefusalOfTheHosts(String tool, String arguments) {
        ToolGuard guard = fixture.guard();
        assertCode(
                guard.refuse(tool, "c1", arguments, DenyReason.local("tool.not_attached", "not offered")),
                "tool.not_attached");
        assertThat(fixture.entry("c1").state()).isEqualTo(CallState.DENIED);
        assertThat(fixture.entry("c1").reasonCode()).isEqualTo("tool.not_attached");
        assertThat(fixture.entry("c1").facts().toolName()).isEqualTo(tool);
        assertThat(fixture.authority.asked).isEmpty();
    }

    @Test
    void previewsWithoutReservingRunningOrJournaling() {
        ToolGuard guard = fixture.guard();
        assertThat(guard.preview(booking("c1"))).isInstanceOf(Decision.Allowed.class);
        assertThat(guard.preview(ToolCall.of("other", "c2", ARGS)))
                .isInstanceOfSatisfying(
                        Decision.Denied.class,
                        denied -> assertThat(denied.reason().code()).isEqualTo("tool.undeclared"));
        assertThat(fixture.authority.asked).isEmpty();
        assertThat(fixture.journal.inState(CallState.DENIED, 10)).isEmpty();
        assertThat(fixture.journal.inState(CallState.STARTED, 10)).isEmpty();
    }

    @Test
    void previewsTheVerifiersRefusal() {
        fixture.verdict = request -> new CapabilityVerdict.Refused(DenyReason.local("budget_exceeded", "too much"));
        assertThat(fixture.guard().preview(booking("c1")))
                .isInstanceOfSatisfying(
                        Decision.Denied.class,
                        denied -> assertThat(denied.reason().code()).isEqualTo("budget_exceeded"));
    }

    @Test
    void throwsADenialWithoutACause() {
        fixture.authority.answer = RecordingAuthority::denied;
        ToolOutcome<?> outcome = fixture.guard().call(booking("c1"), fixture::book);
        assertThatThrownBy(outcome::orThrow)
                .isInstanceOfSatisfying(ToolDeniedException.class, e -> {
                    assertThat(e.code()).isEqualTo("budget_exceeded");
                    assertThat(e.decision().auditId()).isEqualTo("audit-2");
                })
                .hasNoCause();
    }

    @Test
    void throwsAHeldCallWithoutACause() {
        fixture.authority.answer = RecordingAuthority::held;
        ToolOutcome<?> outcome = fixture.guard().call(booking("c1"), fixture::book);
        assertThatThrownBy(outcome::orThrow)
                .isInstanceOfSatisfying(
                        ApprovalRequiredException.class,
                        e -> assertThat(e.decision().approvalRequestId()).isEqualTo("approval-1"))
                .hasNoCause();
    }

    @Test
    void refusesToStartWithoutABody() {
        assertThatNullPointerException().isThrownBy(() -> fixture.guard().call(booking("c1"), null));
        assertThat(fixture.authority.asked).isEmpty();
    }

    @Test
    void listenerFaultsDoNotSteer() {
        ToolGuard guard = fixture.builder().listener(new FailingListener()).build();
        ToolOutcome<Map<String, Object>> outcome = guard.call(booking("c1"), fixture::book);
        assertThat(outcome.isExecuted()).isTrue();
        assertThat(fixture.authority.completions).containsExactly("consumed decision-c1");
        assertThat(fixture.authority.delivered).hasSize(1);
        assertCode(guard.call(ToolCall.of("other", "c2", ARGS), fixture::book), "tool.undeclared");
        assertThat(guard.call(booking("c1"), fixture::book).isExecuted()).isTrue();
    }

    private Refused<?> assertDenied(ToolCall call, String code) {
        Refused<?> refused = assertCode(fixture.guard().call(call, fixture::book), code);
        assertThat(fixture.authority.delivered).isEmpty();
        return refused;
    }

    private Refused<?> assertCode(ToolOutcome<?> outcome, String code) {
        assertThat(outcome).isInstanceOf(Refused.class);
        Refused<?> refused = (Refused<?>) outcome;
        assertThat(refused.decision().reason().code()).isEqualTo(code);
        return refused;
    }

    private static final class FailingListener implements GuardListener {
        @Override
        public void decided(ToolCall call, Decision decision) {
            throw new IllegalStateException("listener");
        }

        @Override
        public void executed(ToolCall call, CallReceipt receipt) {
            throw new NoClassDefFoundError("listener");
        }

        @Override
        public void replayed(ToolCall call, ToolOutcome<?> outcome) {
            throw new IllegalStateException("listener");
        }

        @Override
        public void journaled(ai.paybond.kit.journal.JournalEntry entry) {
            throw new IllegalStateException("listener");
        }
    }
}
