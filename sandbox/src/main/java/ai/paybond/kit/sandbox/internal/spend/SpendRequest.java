package ai.paybond.kit.sandbox.internal.spend;

import ai.paybond.kit.sandbox.internal.http.ApiException;
import ai.paybond.kit.sandbox.internal.http.Members;
import ai.paybond.kit.sandbox.internal.http.Request;
import ai.paybond.kit.wire.UuidText;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Optional;

/**
 * A call that asks to spend. {@code intentId} is as the caller wrote it, because the reply echoes it; spend is in cents.
 *
 * @param arguments the call's arguments, for checks that a delegated capability makes on them; a field of ours
 */
record SpendRequest(
        String intentId,
        String token,
        String operation,
        long spendCents,
        Optional<String> currency,
        Optional<String> toolCallId,
        Optional<String> approvalToken,
        JsonObject arguments) {
    private static final String ANY_OPERATION = "*";

    static SpendRequest verification(JsonObject body) {
        Members members = new Members(body);
        return of(members, members.text("operation"));
    }

    static SpendRequest preflight(JsonObject body) {
        Members members = new Members(body);
        return of(members, members.optionalText("operation").orElse(ANY_OPERATION));
    }

    private static SpendRequest of(Members members, String operation) {
        String intentId = members.text("intent_id");
        if (!UuidText.isValid(intentId)) {
            throw ApiException.invalid("intent_id must be a UUID.");
        }
        return new SpendRequest(
                intentId,
                members.anyText("token").orElse(""),
                operation,
                members.optionalInteger("requested_spend_cents").orElse(0L),
                members.optionalText("currency"),
                members.optionalText("tool_call_id"),
                members.anyText("approval_token"),
                members.optionalObject("arguments")
                        .orElseGet(() -> JsonObject.builder().build()));
    }

    String storedIntentId() {
        return Request.stored(intentId);
    }

    boolean isForAnyOperation() {
        return operation.equals(ANY_OPERATION);
    }
}
