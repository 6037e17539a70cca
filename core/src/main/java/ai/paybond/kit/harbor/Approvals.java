package ai.paybond.kit.harbor;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.approval.Approver;
import ai.paybond.kit.internal.http.Machine;
import ai.paybond.kit.internal.platform.Channel;
import ai.paybond.kit.internal.platform.Route;
import ai.paybond.kit.wire.UuidText;
import java.time.Duration;

/**
 * Reads how approvals stand at the Gateway. Paybond documents that approvals exist and not where they are read: this route
 * is the kit's own, see {@code docs/decisions}. Thread-safe. Failures are those of {@link HarborClient}.
 */
public final class Approvals {
    private final Channel channel;
    private final Machine machine;

    Approvals(Channel channel, Machine machine) {
        this.channel = channel;
        this.machine = machine;
    }

    /**
     * Reads one approval.
     *
     * @param requestId as {@link VerifyResult#approvalRequestId()} gave it
     * @throws ConfigurationException {@code approval_request_id.invalid} when it is not a UUID
     */
    public SpendApproval get(String requestId) {
        if (!UuidText.isValid(requestId)) {
            throw new ConfigurationException(
                    "approval_request_id.invalid", "the approval request id is not one that the Gateway issues");
        }
        return Replies.approval(channel.to(Route.APPROVAL, requestId).reply(), requestId);
    }

    /**
     * Waits for a person to decide at the Gateway. What the Gateway did not ask for itself, and what is not decided in time,
     * stays held; so does a call that the Gateway's approval turns out not to be for.
     *
     * @param limit how long one call waits
     * @param interval the pause between two looks
     * @throws IllegalArgumentException when the interval is not positive
     */
    public Approver polling(Duration limit, Duration interval) {
        return new PollingApprover(this, machine, limit, interval);
    }
}
