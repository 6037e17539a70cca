package ai.paybond.kit.guard;

import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.wire.json.JsonObject;

/** Finds out whether a call in doubt happened, usually by asking the vendor. Implementations are thread-safe. */
@FunctionalInterface
public interface InDoubtResolver {

    /**
     * Says what became of a call. May be asked again about a call that it knew nothing of; throwing counts as
     * {@link Finding.Unknown}.
     *
     * @param doubtful a call whose tool may or may not have acted
     */
    Finding resolve(JournalEntry doubtful);

    /** What was found out. */
    sealed interface Finding {
        /**
         * The tool acted.
         *
         * @param evidence what its result would have proved; not used for a tool without evidence
         */
        record Executed(JsonObject evidence) implements Finding {}

        /** The tool did not act, and no longer will. */
        record NotExecuted() implements Finding {}

        /** Nobody knows; the call stays in doubt. */
        record Unknown() implements Finding {}
    }
}
