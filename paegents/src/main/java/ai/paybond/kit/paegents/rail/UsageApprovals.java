package ai.paybond.kit.paegents.rail;

import ai.paybond.kit.paegents.client.Approvals;
import ai.paybond.kit.paegents.client.Approvals.Approval;
import ai.paybond.kit.paegents.client.PaegentsClient;

/**
 * Where the owner's word on a use is had. Paegents has approvals for purchases and none for single uses, so this is a port:
 * {@link OwnerDesk} keeps questions here, {@link #ofPurchase} goes by the approval of the purchase. Thread-safe.
 */
@FunctionalInterface
public interface UsageApprovals {

    /** The owner's word so far. May be asked any number of times for the same question. */
    Answer ask(UsageQuestion question);

    /** What the owner said. */
    sealed interface Answer {
        /** Go on. */
        record Approved() implements Answer {}

        /**
         * Nothing yet.
         *
         * @param requestId what the owner is to approve
         */
        record Pending(String requestId) implements Answer {}

        /** No. */
        record Rejected() implements Answer {}
    }

    /** Goes by the approval request that Paegents made of the purchase; needs the owner's word to read it. */
    static UsageApprovals ofPurchase(PaegentsClient owner, String requestId) {
        Approvals approvals = owner.approvals();
        return question -> approvals.list(null, 200).stream()
                .filter(approval -> approval.id().equals(requestId))
                .findFirst()
                .map(UsageApprovals::answer)
                .orElseGet(Answer.Rejected::new);
    }

    private static Answer answer(Approval approval) {
        return switch (approval.status()) {
            case "approved", "used" -> new Answer.Approved();
            case "pending" -> new Answer.Pending(approval.id());
            default -> new Answer.Rejected();
        };
    }
}
