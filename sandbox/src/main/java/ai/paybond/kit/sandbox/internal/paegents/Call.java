package ai.paybond.kit.sandbox.internal.paegents;

import ai.paybond.kit.wire.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/**
 * One authenticated request of a route.
 *
 * @param agentId whose credential came along; empty on open routes
 * @param owner whether it was the owner's
 */
record Call(Map<String, String> path, Map<String, String> query, JsonObject body, String agentId, boolean owner) {

    String id() {
        return path.getOrDefault("id", "");
    }

    String text(String name) {
        return optionalText(name).orElseThrow(() -> Refusal.invalid(name + " must be a non-blank string"));
    }

    Optional<String> optionalText(String name) {
        return body.string(name).filter(text -> !text.isBlank());
    }

    long number(String name) {
        long number = body.integer(name).orElseThrow(() -> Refusal.invalid(name + " must be a whole number"));
        Refusal.unless(number >= 0, 422, "validation_error", name + " must not be negative");
        return number;
    }

    JsonObject object(String name) {
        return body.object(name).orElseThrow(() -> Refusal.invalid(name + " must be an object"));
    }

    int limit() {
        String text = query.getOrDefault("limit", "100");
        Refusal.unless(text.matches("[0-9]{1,4}"), 422, "validation_error", "limit must be a whole number");
        return Integer.parseInt(text);
    }

    /** The agent in the path, which must be the caller's own. */
    String ownAgent() {
        String agent = path.getOrDefault("agent", "");
        Refusal.unless(agent.equals(agentId), 403, "forbidden", "The credential is another agent's.");
        return agent;
    }
}
