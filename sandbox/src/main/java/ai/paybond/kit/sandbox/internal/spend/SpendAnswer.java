package ai.paybond.kit.sandbox.internal.spend;

import java.util.UUID;

/** The closed set of answers to a call that asks to spend. */
sealed interface SpendAnswer {
    /** It may; {@code remainingCents} is what is left if it does. */
    record Allowed(long remainingCents) implements SpendAnswer {}

    /** It may not, for the reason in {@code code}. */
    record Denied(String code, String message) implements SpendAnswer {}

    /** A person has to say so first. */
    record Held(UUID approvalId, String reason) implements SpendAnswer {}
}
