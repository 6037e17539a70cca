package ai.paybond.kit.journal;

/**
 * What a round of deliveries came to.
 *
 * @param settled calls for which nothing is owed any more
 * @param parked calls that the authority refused for good
 * @param pending calls for which something is still owed
 */
public record DeliveryReport(int settled, int parked, int pending) {

    /** This round and a later one together. */
    DeliveryReport followedBy(DeliveryReport later) {
        return new DeliveryReport(settled + later.settled, parked + later.parked, later.pending);
    }

    /** Whether nothing is left to deliver. */
    public boolean isComplete() {
        return pending == 0;
    }
}
