package ai.paybond.kit.guard;

import ai.paybond.kit.approval.ApprovalAnswer;
import ai.paybond.kit.approval.ApprovalRequest;
import ai.paybond.kit.journal.CallKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The latest answers that came before their call did, each for one use by the request that it answers. Thread-safe. */
final class RememberedAnswers {
    private static final int LATEST = 1_024;

    private record Answer(@Nullable String requestId, ApprovalAnswer answer) {}

    private final Map<CallKey, Answer> answers = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<CallKey, Answer> eldest) {
            return size() > LATEST;
        }
    };

    void put(CallKey key, @Nullable String requestId, ApprovalAnswer answer) {
        synchronized (answers) {
            answers.put(key, new Answer(requestId, answer));
        }
    }

    /** Null when there is none, or one to another request. */
    @Nullable ApprovalAnswer take(ApprovalRequest request) {
        Answer found;
        synchronized (answers) {
            found = answers.remove(new CallKey(request.intentId(), request.callId()));
        }
        return found != null && Objects.equals(found.requestId(), request.requestId()) ? found.answer() : null;
    }
}
