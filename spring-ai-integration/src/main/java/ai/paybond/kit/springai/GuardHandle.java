package ai.paybond.kit.springai;

import java.util.List;
import java.util.Map;

/**
 * A conversation's entry in {@link ConversationGuards}. Close it when the conversation ends; from then on its tool calls
 * are denied. For a stream, {@code Flux.using} ties it to the subscription. Closing leaves the guard itself open,
 * forgets what {@link #calls()} told, and is harmless when done twice. Thread-safe.
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

    /** What became of the conversation's tool calls so far, in the order in which they ended: the last thousand. */
    public List<GuardedCall> calls() {
        return owner.callsOf(id);
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
