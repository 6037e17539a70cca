package ai.paybond.kit.springai.web.approvals;

import ai.paybond.kit.springai.web.Caller;
import java.util.Objects;

/**
 * Says who may see and answer a call that waits. Asked for each call, when calls are listed and again when one is answered;
 * callers that nobody authenticated are turned away before. What it throws counts as no. Implementations are thread-safe.
 */
@FunctionalInterface
public interface ApprovalAuthorization {

    /** Whether the approver may see and answer the call. */
    boolean mayAnswer(Caller approver, WaitingCall call);

    /**
     * Whoever has a role, as Spring Security has it: {@code APPROVER} is the authority {@code ROLE_APPROVER}. Without Spring
     * Security nobody has one.
     */
    static ApprovalAuthorization role(String role) {
        String authority = "ROLE_" + Objects.requireNonNull(role, "role");
        return (approver, call) -> Roles.has(approver.principal(), authority);
    }

    /** The user on whose behalf the call is made. */
    static ApprovalAuthorization owner() {
        return (approver, call) -> call.owner() != null && call.owner().equals(approver.name());
    }
}
