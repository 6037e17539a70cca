package ai.paybond.kit.journal;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a journal's record from its beginning and says whether it is whole, and whether the journal's calls are what the
 * record says became of them. That a call is in the journal and not in the record is found for the 10,000 calls that changed
 * last. Needs memory for each call, not for each entry. Not thread-safe; make one for each audit.
 */
public final class RecordAudit {
    private static final int PAGE = 512;
    private static final int LATEST = 10_000;

    private final CallJournal journal;
    private final VerifyingKey key;
    private final Map<CallKey, LastWord> lastWords = new HashMap<>();
    private long entries;
    private String lastHash = RecordEntry.NOTHING;
    private @Nullable String code;
    private @Nullable Long at;

    private record LastWord(long number, Digest32 call) {}

    private RecordAudit(CallJournal journal, VerifyingKey key) {
        this.journal = journal;
        this.key = key;
    }

    /**
     * @param key the key that the record was signed with, from a place that who can write to the journal cannot change
     * @param expectedHash the hash of an entry that must be in the record, from an earlier audit; null for none
     */
    public static RecordVerification of(CallJournal journal, VerifyingKey key, @Nullable String expectedHash) {
        return new RecordAudit(journal, key).conduct(expectedHash);
    }

    private RecordVerification conduct(@Nullable String expectedHash) {
        boolean expectedCame = expectedHash == null || expectedHash.equals(RecordEntry.NOTHING);
        List<RecordEntry> page = journal.recorded(0, PAGE);
        while (code == null && !page.isEmpty()) {
            for (RecordEntry entry : page) {
                follow(entry);
                expectedCame |= entry.hash().equals(expectedHash);
            }
            page = journal.recorded(page.get(page.size() - 1).number(), PAGE);
        }
        if (code == null && !expectedCame) {
            fail("record.truncated", null);
        }
        if (code == null) {
            lastWords.forEach(this::compare);
            journal.list(JournalQuery.all(LATEST)).forEach(this::requireRecorded);
        }
        return new RecordVerification(entries, code, at, lastHash);
    }

    private void follow(RecordEntry entry) {
        if (code != null) {
            return;
        }
        if (entry.number() != entries + 1) {
            fail(entry.number() > entries ? "record.missing" : "record.reordered", entry.number());
        } else if (!entry.previousHash().equals(lastHash)) {
            fail("record.broken", entry.number());
        } else if (!entry.isIntact(key)) {
            fail("record.altered", entry.number());
        } else {
            entries++;
            lastHash = entry.hash();
            remember(entry);
        }
    }

    private void remember(RecordEntry entry) {
        JsonObject call = JsonObject.parse(entry.content()).object("call").orElseThrow();
        CallKey about = new CallKey(
                call.string("intent_id").orElseThrow(), call.string("call_id").orElseThrow());
        lastWords.put(about, new LastWord(entry.number(), digest(call)));
    }

    private void compare(CallKey about, LastWord word) {
        JournalEntry kept = journal.find(about).orElse(null);
        if (kept == null) {
            fail("record.call_missing", word.number());
        } else if (!digest(RecordEntry.callOf(kept)).equals(word.call())) {
            fail("record.call_differs", word.number());
        }
    }

    private void requireRecorded(JournalEntry kept) {
        if (!lastWords.containsKey(kept.key())) {
            fail("record.call_unrecorded", null);
        }
    }

    private static Digest32 digest(JsonObject call) {
        return Digest32.sha256(call.toJson().getBytes(StandardCharsets.UTF_8));
    }

    private void fail(String what, @Nullable Long where) {
        if (code == null) {
            code = what;
            at = where;
        }
    }
}
