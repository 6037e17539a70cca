package ai.paybond.kit.guard;

import ai.paybond.kit.capability.DenyReason;
import ai.paybond.kit.journal.HeldCall;
import ai.paybond.kit.journal.JournalEntry;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Why a call that waited for a person is not made. */
final class ApprovalReasons {
    private static final int LONGEST_WORDS = 200;
    static final DenyReason EXPIRED =
            DenyReason.local(GuardCodes.APPROVAL_EXPIRED, "nobody approved the call in time; it is not made");
    static final DenyReason NOT_HELD =
            DenyReason.local(GuardCodes.CALL_NOT_HELD, "no call waits for an answer under this id");
    static final DenyReason TERMS_CHANGED = DenyReason.local(
            GuardCodes.APPROVAL_TERMS_CHANGED, "the call would no longer cost or do what a person was asked about");
    static final DenyReason OTHER_TENANT =
            DenyReason.local("tenant.binding_mismatch", "the call was held for another tenant than this guard's");

    private ApprovalReasons() {}

    static DenyReason closed(JournalEntry closed) {
        HeldCall held = closed.held();
        return because(
                Objects.requireNonNullElse(closed.reasonCode(), GuardCodes.APPROVAL_REJECTED),
                held == null ? null : held.words());
    }

    static DenyReason because(String code, @Nullable String words) {
        return switch (code) {
            case GuardCodes.APPROVAL_EXPIRED -> EXPIRED;
            case GuardCodes.APPROVAL_EDITED ->
                DenyReason.local(code, "a person changed the arguments; the call was made under another id instead");
            default -> DenyReason.local(code, "a person rejected this call and said: \"" + words + "\"");
        };
    }

    /** A person's words, or somebody's who speaks for one: one bounded line that cannot close its quotation marks. */
    static String quotable(String words) {
        String line = DenyReason.local(GuardCodes.APPROVAL_REJECTED, words).message();
        return line.substring(0, Math.min(line.length(), LONGEST_WORDS)).replace('"', '\'');
    }
}
