package ai.paybond.kit.sandbox.internal.spend;

import java.util.List;
import java.util.UUID;

/** The closed set of answers to a call that asks to spend. */
sealed interface SpendAnswer {
    /** It may; {@code remainingCents} is what is left if it does, {@code reasons} what an observing policy noticed. */
    record Allowed(long remainingCents, List<String> reasons) implements SpendAnswer {}

    /** It may not, for the reason in {@code code}. */
    record Denied(String code, String message) implements SpendAnswer {}

    /** A person has to say so first. */
    record Held(UUID approvalId, List<String> reasons) implements SpendAnswer {}
}
