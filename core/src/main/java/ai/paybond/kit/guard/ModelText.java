package ai.paybond.kit.guard;

import ai.paybond.kit.capability.DenyReason;
import ai.paybond.kit.wire.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What a model is told instead of, or beside, a tool's result: one line of JSON that is short, stable, and safe to put
 * into a conversation. It holds codes and this library's own sentences, and, quoted and on one line, a person's reason for
 * rejecting a call; never arguments, tokens, amounts or text that an authority wrote, since that text would be an
 * instruction to the model as well.
 */
public final class ModelText {
    private ModelText() {}

    /** The call was refused. */
    public static String of(Decision.Denied denied) {
        return JsonObject.builder()
                .put("error", "paybond_denied")
                .put("code", denied.reason().code())
                .put("message", messageOf(denied.reason()))
                .putIfPresent("tool_ran", toolRan(denied.reason()))
                .putIfPresent("retry_after_seconds", denied.retryAfterSeconds())
                .build()
                .toJson();
    }

    /** Null when that is not known: a model that is told "no" by mistake calls again under another id. */
    private static @Nullable Boolean toolRan(DenyReason reason) {
        return switch (reason.code()) {
            case GuardCodes.CALL_ALREADY_RAN -> true;
            case GuardCodes.CALL_IN_DOUBT, GuardCodes.CALL_INTERRUPTED, GuardCodes.GUARD_FAULT -> null;
            default -> false;
        };
    }

    /** The call waits for a person. */
    public static String of(Decision.ApprovalRequired approval) {
        return JsonObject.builder()
                .put("error", "paybond_approval_required")
                .put("code", approval.reason().code())
                .put("message", "A person has to approve this call. Do not call the tool again until that is done.")
                .put("tool_ran", false)
                .build()
                .toJson();
    }

    /** The tool failed and may have acted nevertheless. */
    public static String inDoubt() {
        return JsonObject.builder()
                .put("error", "paybond_in_doubt")
                .put("code", "tool.in_doubt")
                .put(
                        "message",
                        "The tool failed and may still have acted. Do not repeat the call; a person will settle it.")
                .build()
                .toJson();
    }

    /** The tool ran, and its evidence is not with the authority: for hosts that tell the model beside the result. */
    public static String evidenceTrouble(CallReceipt receipt) {
        String code =
                switch (receipt.evidence()) {
                    case PENDING -> "evidence.pending";
                    case REJECTED -> "evidence.rejected";
                    case UNMAPPED -> "evidence.unmapped";
                    case NONE, DELIVERED -> "evidence.settled";
                };
        return JsonObject.builder()
                .put("notice", "paybond_evidence")
                .put("code", code)
                .put("message", "The tool ran and its result is valid. Do not repeat the call.")
                .put("tool_ran", true)
                .build()
                .toJson();
    }

    private static String messageOf(DenyReason reason) {
        return switch (reason.origin()) {
            case LOCAL -> reason.message();
            case REMOTE -> "The authority refused this call.";
        };
    }
}
