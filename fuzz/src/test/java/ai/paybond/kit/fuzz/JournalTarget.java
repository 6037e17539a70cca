package ai.paybond.kit.fuzz;

import ai.paybond.kit.internal.jdbc.EntryDocuments;
import ai.paybond.kit.journal.CallState;
import java.util.List;

/** The document that a journal keeps of a call: a damaged one is refused, and a good one is written as it was read. */
final class JournalTarget implements FuzzTarget {

    @Override
    public void run(byte[] bytes) {
        Input input = new Input(bytes);
        CallState state = CallState.values()[input.choice(CallState.values().length)];
        String document = input.text();
        EntryDocuments.rewritten(state, document).ifPresent(once -> {
            if (!EntryDocuments.rewritten(state, once).orElse("").equals(once)) {
                throw new AssertionError("an entry is another one when it was written and read");
            }
        });
    }

    @Override
    public List<byte[]> seeds() {
        return EntryDocuments.examples();
    }
}
