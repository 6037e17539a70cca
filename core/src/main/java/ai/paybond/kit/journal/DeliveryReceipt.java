package ai.paybond.kit.journal;

import org.jspecify.annotations.Nullable;

/**
 * The authority's acknowledgement of evidence.
 *
 * @param state the intent's state after it, in the authority's words
 * @param predicatePassed whether the intent's predicate held; null when the authority did not say
 */
public record DeliveryReceipt(
        @Nullable String state, @Nullable Boolean predicatePassed) {}
