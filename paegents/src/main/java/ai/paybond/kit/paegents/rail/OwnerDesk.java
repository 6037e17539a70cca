package ai.paybond.kit.paegents.rail;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Questions that wait for an owner in this process, each approved or rejected once. Thread-safe. */
public final class OwnerDesk implements UsageApprovals {
    private final Map<String, UsageQuestion> waiting = new LinkedHashMap<>();
    private final Map<String, Answer> answers = new LinkedHashMap<>();

    @Override
    public synchronized Answer ask(UsageQuestion question) {
        Answer answer = answers.get(question.id());
        if (answer == null) {
            waiting.put(question.id(), question);
            return new Answer.Pending(question.id());
        }
        return answer;
    }

    /** What waits, the oldest first. */
    public synchronized List<UsageQuestion> pending() {
        return List.copyOf(waiting.values());
    }

    /** @throws IllegalArgumentException if nothing of this id waits */
    public synchronized void approve(String questionId) {
        decide(questionId, new Answer.Approved());
    }

    /** @throws IllegalArgumentException if nothing of this id waits */
    public synchronized void reject(String questionId) {
        decide(questionId, new Answer.Rejected());
    }

    private void decide(String questionId, Answer answer) {
        if (waiting.remove(questionId) == null) {
            throw new IllegalArgumentException("no such question waits");
        }
        answers.put(questionId, answer);
    }
}
