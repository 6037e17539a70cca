package ai.paybond.kit.paegents.client;

import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The agent's events. Thread-safe. */
public final class AgentEvents {
    private final Backend backend;

    AgentEvents(Backend backend) {
        this.backend = backend;
    }

    /** One event; which types there are is not documented. */
    public record AgentEvent(String id, JsonObject raw) {
        static AgentEvent of(JsonObject raw) {
            return new AgentEvent(Members.required(raw, "event_id"), raw);
        }

        public String type() {
            return raw.string("type").orElse("unknown");
        }

        public Optional<JsonObject> payload() {
            return raw.object("payload");
        }
    }

    /**
     * SDK: {@code list_agent_events}.
     *
     * @param types none for every type
     * @param after the id of the last event seen, or null
     */
    public List<AgentEvent> list(List<String> types, @Nullable String after, int limit) {
        return Members.objects(
                backend.get("agents", backend.agentId(), "events")
                        .query("types", types.isEmpty() ? null : String.join(",", types))
                        .query("after", after)
                        .query("limit", limit)
                        .array(),
                AgentEvent::of);
    }

    /** SDK: {@code ack_agent_event}. */
    public void acknowledge(String eventId) {
        backend.post("agents", backend.agentId(), "events", eventId, "ack").anything();
    }
}
