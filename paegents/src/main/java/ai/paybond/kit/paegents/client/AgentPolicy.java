package ai.paybond.kit.paegents.client;

import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an owner lets an agent do. A part that is not set does not restrict. Immutable. */
public final class AgentPolicy {
    private final JsonObject json;

    private AgentPolicy(JsonObject json) {
        this.json = json;
    }

    /** A policy as Paegents writes it; members that are not known here are kept. */
    public static AgentPolicy of(JsonObject json) {
        return new AgentPolicy(json);
    }

    /** A policy without restrictions. */
    public static AgentPolicy unrestricted() {
        return new AgentPolicy(JsonObject.builder().build());
    }

    /** The same; payments of this many cents or more need the owner's approval. */
    public AgentPolicy approvalFrom(long cents) {
        return with("approvals", "threshold_cents", cents);
    }

    /** The same; only these rails may be used, such as {@code card} and {@code stablecoin}. */
    public AgentPolicy rails(String... allowed) {
        return with("rails", "allowed", JsonArray.of(List.of(allowed)));
    }

    /** The same; no more than this many cents may be spent in a day. */
    public AgentPolicy dailyLimit(long cents) {
        return with("spending", "daily_limit_cents", cents);
    }

    private AgentPolicy with(String section, String member, Object value) {
        JsonObject changed = json.object(section)
                .orElseGet(() -> JsonObject.builder().build())
                .with(member, value);
        return new AgentPolicy(json.with(section, changed));
    }

    /** From how many cents on the owner has to approve. */
    public Optional<Long> approvalThresholdCents() {
        return json.object("approvals").flatMap(part -> Members.integer(part, "threshold_cents"));
    }

    /** The rails that may be used; empty if every one may. */
    public Optional<List<String>> allowedRails() {
        return json.object("rails").flatMap(part -> part.array("allowed")).flatMap(JsonArray::strings);
    }

    /** How many cents may be spent in a day. */
    public Optional<Long> dailyLimitCents() {
        return json.object("spending").flatMap(part -> Members.integer(part, "daily_limit_cents"));
    }

    public JsonObject toJson() {
        return json;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AgentPolicy that && json.equals(that.json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    @Override
    public String toString() {
        return json.toJson();
    }
}
