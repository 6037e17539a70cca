package ai.paybond.kit.springai;

import java.util.Map;

/**
 * A conversation's entry in {@link ConversationGuards}. Close it when the conversation ends; from then on its tool calls
 * are denied. For a stream, {@code Flux.using} ties it to the subscription. Closing leaves the guard itself open, and
 * closing twice is harmless. Thread-safe.
 */
public final class GuardHandle implements AutoCloseable {

    private final String id;
    private final ConversationGuards owner;

    GuardHandle(String id, ConversationGuards owner) {
        this.id = id;
        this.owner = owner;
    }

    /** What the request's tool context must hold. It names the guard and holds neither a token nor a key. */
    public Map<String, Object> toolContext() {
        return Map.of(ConversationGuards.CONTEXT_KEY, id);
    }

    @Override
    public void close() {
        owner.forget(id);
    }

    /** Without the id: whoever knows it can speak in this conversation's name inside this process. */
    @Override
    public String toString() {
        return "GuardHandle[redacted]";
    }
}
