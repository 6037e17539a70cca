package ai.paybond.kit.guard;

import static ai.paybond.kit.guard.GuardFixture.ARGS;
import static ai.paybond.kit.guard.GuardFixture.booking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.spy;

import ai.paybond.kit.approval.ApprovalAnswer;
import ai.paybond.kit.approval.ApprovalRequest;
import ai.paybond.kit.guard.ToolOutcome.Executed;
import ai.paybond.kit.guard.ToolOutcome.Held;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.InMemoryCallJournal;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.journal.JournalException;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a held call when a person wants something else instead. */
class EditedCallTest extends HeldCalls {

    @Test
    void makesWhatAPersonWantsInsteadAsACallOfItsOwn() {
        ToolGuard guard = holding();
        guard.call(booking("c1"), this::run);
        fixture.authority.answer = RecordingAuthority::allowed;
        Executed<?> executed = (Executed<?>) guard.resume("c1", edited(OTHER_ARGUMENTS), this::run);
        String editedId = executed.receipt().callId();
        assertThat(editedId).startsWith("c1~edited-");
        assertThat(ran).singleElement().satisfies(call -> {
            assertThat(call.arguments()).isEqualTo(JsonObject.parse(OTHER_ARGUMENTS));
            assertThat(call.callId()).isEqualTo(editedId);
        });
        AuthorizationRequest asked = fixture.authority.asked.get(1);
        assertThat(asked.arguments()).isEqualTo(JsonObject.parse(OTHER_ARGUMENTS));
        assertThat(asked.approvalToken()).isNull();
        assertThat(asked.idempotencyKey())
                .isNotEqualTo(fixture.authority.asked.get(0).idempotencyKey());
    }

    @Test
    void journalsWhatWasAskedForAndWhatWasMadeOfIt() {
        ToolGuard guard = holding();
        guard.call(booking("c1"), this::run);
        fixture.authority.answer = RecordingAuthority::allowed;
        Executed<?> executed = (Executed<?>) guard.resume("c1", edited(OTHER_ARGUMENTS), this::run);
        JournalEntry asked = fixture.entry("c1");
        JournalEntry made = fixture.entry(executed.receipt().callId());
        assertThat(asked.reasonCode()).isEqualTo("approval.edited");
        assertThat(Objects.requireNonNull(asked.held()).words())
                .isEqualTo(executed.receipt().callId());
        assertThat(made.state()).isEqualTo(CallState.DELIVERED);
        assertThat(made.facts().callDigest()).isNotEqualTo(asked.facts().callDigest());
        assertCode(guard.resume("c1", APPROVED, this::run), "approval.edited");
        assertCode(guard().call(booking("c1"), this::run), "approval.edited");
        assertThat(ran).hasSize(1);
    }

    @Test
    void asksTheAuthorityAboutAnEditLikeAboutAnyCall() {
        ToolGuard guard = holding();
        guard.call(booking("c1"), this::run);
        fixture.authority.answer = request -> held("approval-2", request);
        Held<?> heldAgain = (Held<?>) guard.resume("c1", edited(OTHER_ARGUMENTS), this::run);
        assertThat(heldAgain.decision().argumentsDigestHex())
                .isEqualTo(
                        Digest32.ofCanonical(JsonObject.parse(OTHER_ARGUMENTS)).hex());
        assertThat(ran).isEmpty();
        ApprovalRequest waiting = guard.held().get(0);
        assertThat(waiting.arguments()).isEqualTo(JsonObject.parse(OTHER_ARGUMENTS));
        fixture.authority.answer = RecordingAuthority::allowed;
        assertThat(guard.resume(waiting.callId(), APPROVED, this::run)).isInstanceOf(Executed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"hotel\":\"Ritz\"}", "{\"hotel\":\"Ritz\",\"amount_cents\":-1}"})
    void checksAnEditLikeAnyCall(String withoutPrice) {
        ToolGuard guard = holding();
        guard.call(booking("c1"), this::run);
        assertCode(guard.resume("c1", edited(withoutPrice), this::run), "spend.invalid");
        assertThat(fixture.entry("c1").state()).isEqualTo(CallState.HELD);
        assertThat(ran).isEmpty();
    }

    @Test
    void makesOneCallOfTheSameEditTwice() {
        ToolGuard guard = holding();
        guard.call(booking("c1"), this::run);
        fixture.authority.answer = RecordingAuthority::allowed;
        guard.resume("c1", edited(OTHER_ARGUMENTS), this::run);
        assertCode(guard().resume("c1", edited(OTHER_ARGUMENTS), this::run), "approval.edited");
        assertThat(ran).hasSize(1);
    }

    @Test
    void takesAnEditThatChangesNothingForAnApproval() {
        ToolGuard guard = holding();
        guard.call(booking("c1"), this::run);
        fixture.authority.answer = RecordingAuthority::allowed;
        Executed<?> executed = (Executed<?>) guard.resume("c1", ApprovalAnswer.edited(ARGS), this::run);
        assertThat(executed.receipt().callId()).isEqualTo("c1");
    }

    @Test
    void losesNeitherCallWhenTheProcessEndsInTheMiddleOfAnEdit() {
        fixture.journal = spy(new InMemoryCallJournal());
        ToolGuard guard = holding();
        guard.call(booking("c1"), this::run);
        doThrow(new JournalException("journal.io", "killed", null))
                .when(fixture.journal)
                .record(argThat(entry -> entry != null && entry.isClosed()));
        guard.resume("c1", edited(OTHER_ARGUMENTS), this::run);
        assertThat(ran).isEmpty();
        assertThat(guard().held())
                .extracting(ApprovalRequest::arguments)
                .containsExactlyInAnyOrder(ARGS, JsonObject.parse(OTHER_ARGUMENTS));
    }

    @Test
    void answersARepetitionOfTheEditedCallWithWhatWasMadeOfIt() {
        ToolGuard guard = holdingWith(request -> edited(OTHER_ARGUMENTS));
        fixture.authority.answer = request ->
                request.callId().equals("c1") ? RecordingAuthority.held(request) : RecordingAuthority.allowed(request);
        Executed<?> first = (Executed<?>) guard.call(booking("c1"), this::run);
        Executed<?> again = (Executed<?>) guard.call(booking("c1"), this::run);
        assertThat(again.receipt()).isEqualTo(first.receipt().asReplay());
        assertThat(ran).hasSize(1);
    }

    @Test
    void answersNoEditThatNobodyWouldCall() {
        ToolGuard guard = holding();
        guard.call(booking("c1"), this::run);
        assertThatIllegalArgumentException().isThrownBy(() -> guard.answer("c1", edited(OTHER_ARGUMENTS)));
    }
}
