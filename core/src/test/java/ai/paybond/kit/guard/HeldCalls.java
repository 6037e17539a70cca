package ai.paybond.kit.guard;

import static ai.paybond.kit.guard.GuardFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.approval.ApprovalAnswer;
import ai.paybond.kit.approval.ApprovalToken;
import ai.paybond.kit.approval.Approver;
import ai.paybond.kit.capability.CapabilityVerdict;
import ai.paybond.kit.capability.DenyReason;
import ai.paybond.kit.guard.ToolOutcome.Refused;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Guards whose authority asks for approvals, and what came of them. */
abstract class HeldCalls {
    static final ApprovalToken TOKEN = ApprovalToken.of("apr_secret-token");
    static final ApprovalAnswer APPROVED = ApprovalAnswer.approved(TOKEN);
    static final String OTHER_ARGUMENTS = "{\"hotel\":\"Ritz\",\"amount_cents\":4200}";

    final GuardFixture fixture = new GuardFixture();
    final MovingClock clock = new MovingClock(NOW);
    final List<ToolCall> ran = Collections.synchronizedList(new ArrayList<>());

    ToolGuard guard() {
        return fixture.builder().clock(clock).build();
    }

    /** An authority that asks for an approval and believes any token. */
    ToolGuard holding() {
        fixture.authority.answer = request -> request.approvalToken() == null
                ? RecordingAuthority.held(request)
                : RecordingAuthority.allowed(request);
        return guard();
    }

    ToolGuard holdingWith(Approver approver) {
        return fixture.builder().clock(clock).approver(approver).build();
    }

    ToolGuard guardFor(CapabilityBinding binding, String tenant) {
        return ToolGuard.builder(
                        binding,
                        ToolRegistry.of(ToolDeclaration.builder("bookHotel")
                                .operation("travel.book_hotel")
                                .spend(SpendRule.argument("amount_cents"))
                                .withoutEvidence()
                                .build()),
                        fixture.authority,
                        (token, request) -> new CapabilityVerdict.NotChecked(),
                        tenant)
                .journal(fixture.journal)
                .clock(clock)
                .build();
    }

    Object run(ToolCall call) {
        ran.add(call);
        return fixture.book(call);
    }

    static Decision held(String requestId, AuthorizationRequest asked) {
        return new Decision.ApprovalRequired(
                requestId, null, DenyReason.remote("approval_required", "ask about " + asked.operation()));
    }

    static ApprovalAnswer edited(String json) {
        return ApprovalAnswer.edited(JsonObject.parse(json));
    }

    static void assertCode(ToolOutcome<?> outcome, String code) {
        assertThat(outcome).isInstanceOfSatisfying(Refused.class, refused -> assertCode(refused.decision(), code));
    }

    static void assertCode(Decision decision, String code) {
        assertThat(decision).isInstanceOfSatisfying(Decision.Denied.class, denied -> assertThat(
                        denied.reason().code())
                .isEqualTo(code));
    }
}
