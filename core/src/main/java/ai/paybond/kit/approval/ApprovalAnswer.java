package ai.paybond.kit.approval;

import ai.paybond.kit.wire.json.JsonObject;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a person says about one held call: one of four, "nothing yet" included. */
public sealed interface ApprovalAnswer {

    /**
     * It may run, once and as it was shown.
     *
     * @param token what the authority issued for it; null when the call is held here, or when the authority remembers the
     *     approval itself
     */
    record Approved(@Nullable ApprovalToken token) implements ApprovalAnswer {}

    /**
     * It must not run, now or later.
     *
     * @param reason the person's words, for the journal and the model; the guard makes one bounded line of them
     */
    record Rejected(String reason) implements ApprovalAnswer {
        public Rejected {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * It must not run as it was shown, but may with these arguments. They are checked like those of any new call, by the
     * authority too.
     *
     * @param arguments all of them, not only those that differ
     */
    record Edited(JsonObject arguments) implements ApprovalAnswer {
        public Edited {
            Objects.requireNonNull(arguments, "arguments");
        }

        /** Leaves the arguments out. */
        @Override
        public String toString() {
            return "Edited[" + arguments.members().keySet().size() + " arguments]";
        }
    }

    /** Nobody has decided yet; the call stays held. */
    record Pending() implements ApprovalAnswer {
        private static final Pending INSTANCE = new Pending();
    }

    /** Approved here, or by an authority that needs no token. */
    static ApprovalAnswer approved() {
        return new Approved(null);
    }

    /** Approved with the authority's token. */
    static ApprovalAnswer approved(ApprovalToken token) {
        return new Approved(Objects.requireNonNull(token, "token"));
    }

    /** See {@link Rejected}. */
    static ApprovalAnswer rejected(String reason) {
        return new Rejected(reason);
    }

    /** See {@link Edited}. */
    static ApprovalAnswer edited(JsonObject arguments) {
        return new Edited(arguments);
    }

    /** See {@link Pending}. */
    static ApprovalAnswer pending() {
        return Pending.INSTANCE;
    }
}
