package ai.paybond.kit.harbor;

import ai.paybond.kit.wire.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * An intent that Harbor settled.
 *
 * @param intentId the intent's UUID
 * @param state the intent's state, in the server's words, such as {@code released} or {@code refunded}
 * @param action what Harbor derived from the stored evaluation, such as {@code release}
 * @param settlementMode {@code simulated} in a sandbox
 * @param predicatePassed the stored evaluation
 * @param raw the whole reply, members unknown to this kit included
 */
public record SettlementReceipt(
        String intentId,
        String state,
        @Nullable String action,
        @Nullable String settlementMode,
        @Nullable Boolean predicatePassed,
        JsonObject raw) {}
