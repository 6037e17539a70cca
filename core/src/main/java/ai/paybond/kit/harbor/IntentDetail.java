package ai.paybond.kit.harbor;

import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An intent as its tenant's operators see it.
 *
 * @param intentId the intent's UUID
 * @param state the intent's state, in the server's words
 * @param allowedTools the operations that its capability covers
 * @param amountCents the intent's amount, in cents
 * @param currency lower-case currency code
 * @param payeeDid who acts and is paid
 * @param deadline the intent's deadline, RFC 3339
 * @param raw the whole reply, members unknown to this kit included
 */
public record IntentDetail(
        String intentId,
        String state,
        List<String> allowedTools,
        @Nullable Long amountCents,
        @Nullable String currency,
        @Nullable String payeeDid,
        @Nullable String deadline,
        JsonObject raw) {
    public IntentDetail {
        allowedTools = List.copyOf(allowedTools);
    }
}
