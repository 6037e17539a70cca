package ai.paybond.kit.springai.web.approvals;

import ai.paybond.kit.guard.CallReceipt;
import ai.paybond.kit.guard.Decision;
import ai.paybond.kit.springai.GuardedCall;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an approver is told of the call: how it stands, and neither its result nor an authority's words. */
final class CallStates {

    private CallStates() {}

    static String told(GuardedCall call) {
        CallReceipt receipt = call.receipt();
        return JsonObject.builder()
                .putIfPresent("call_id", call.callId())
                .put(
                        "state",
                        receipt == null
                                ? stateOf(call.decision())
                                : receipt.state().name().toLowerCase(Locale.ROOT))
                .putIfPresent("code", codeOf(call.decision()))
                .build()
                .toJson();
    }

    private static String stateOf(@Nullable Decision decision) {
        return decision instanceof Decision.ApprovalRequired ? "held" : "denied";
    }

    private static @Nullable String codeOf(@Nullable Decision decision) {
        if (decision instanceof Decision.Denied denied) {
            return denied.reason().code();
        }
        return decision instanceof Decision.ApprovalRequired held
                ? held.reason().code()
                : null;
    }
}
