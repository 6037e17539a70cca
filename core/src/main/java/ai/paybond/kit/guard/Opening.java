package ai.paybond.kit.guard;

import ai.paybond.kit.journal.JournalEntry;

/** What came of asking whether a call may run. */
sealed interface Opening<T> {

    /**
     * It may, and the journal has it as started: the tool runs next.
     *
     * @param call what runs: what was asked for, or what a person made of it
     */
    record Started<T>(ResolvedCall call, JournalEntry entry) implements Opening<T> {}

    /** It does not run; this is the answer. */
    record Answered<T>(ToolOutcome<T> outcome) implements Opening<T> {}
}
