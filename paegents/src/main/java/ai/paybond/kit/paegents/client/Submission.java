package ai.paybond.kit.paegents.client;

import ai.paybond.kit.wire.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of something that an owner's policy may want to see first: it is done, or it waits for the owner. Once the
 * owner has approved, make the same request again.
 *
 * @param <T> what a completed request gives
 */
public sealed interface Submission<T> {

    /** Done. */
    record Completed<T>(T value) implements Submission<T> {}

    /**
     * Nothing was done yet.
     *
     * @param requestId what the owner approves or rejects
     * @param reason the policy's reason, such as {@code approval_threshold:3000>=2000}, if it gave one
     * @param rule the policy's rule, such as {@code approvals.threshold_cents}, if it named one
     * @param raw the whole reply
     */
    record ApprovalRequired<T>(
            String requestId,
            @Nullable String reason,
            @Nullable String rule,
            JsonObject raw) implements Submission<T> {}

    /** The result of a completed request. */
    default Optional<T> result() {
        return this instanceof Completed<T> completed ? Optional.of(completed.value()) : Optional.empty();
    }

    /** Whether the owner has to approve first. */
    default boolean needsApproval() {
        return this instanceof ApprovalRequired<T>;
    }

    /** @throws IllegalStateException if it waits for the owner */
    default T orThrow() {
        return result().orElseThrow(() -> new IllegalStateException("the owner has to approve this first"));
    }
}
