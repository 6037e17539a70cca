package ai.paybond.kit.guard;

import ai.paybond.kit.wire.json.JsonObject;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One call in the making, argument by argument; see {@link ToolGuard#tool}. Not thread-safe. What runs it are shorthands of
 * {@link ToolGuard#call(ToolCall, ToolBody)} and {@link AsyncGuard#call}, and may be used once or several times.
 */
public final class ToolRequest {
    private final ToolGuard guard;
    private final String toolName;
    private final JsonObject.Builder arguments = JsonObject.builder();
    private @Nullable String callId;
    private @Nullable Instant deadline;

    ToolRequest(ToolGuard guard, String toolName) {
        this.guard = guard;
        this.toolName = Objects.requireNonNull(toolName, "toolName");
    }

    /** The id by which a repetition is recognised; none by default, and then every run is another call. */
    public ToolRequest callId(@Nullable String callId) {
        this.callId = callId;
        return this;
    }

    /**
     * Sets one argument, replacing an earlier one of that name.
     *
     * @param value as {@link ai.paybond.kit.wire.json.JsonValue#of} takes it
     * @throws IllegalArgumentException when the value has no JSON form
     */
    public ToolRequest argument(String name, @Nullable Object value) {
        arguments.put(name, value);
        return this;
    }

    /** Sets all of these arguments, replacing earlier ones of their names. */
    public ToolRequest arguments(JsonObject arguments) {
        this.arguments.putAll(arguments);
        return this;
    }

    /** From when on the call must not start any more; none by default. */
    public ToolRequest deadline(@Nullable Instant moment) {
        this.deadline = moment;
        return this;
    }

    /** The call as it stands. */
    public ToolCall toCall() {
        return ToolCall.of(toolName, callId, arguments.build()).withDeadline(deadline);
    }

    /** See {@link ToolGuard#preview}. */
    public Decision preview() {
        return guard.preview(toCall());
    }

    /** Makes the call if it may be made. Never throws for a refusal, nor for what the tool throws. */
    public <T> ToolOutcome<T> run(ToolBody<T> body) {
        return guard.call(toCall(), body);
    }

    /**
     * Makes the call and gives its result, or throws.
     *
     * @throws Exception as {@link ToolOutcome#orThrow()}
     */
    public <T> @Nullable T orThrow(ToolBody<T> body) throws Exception {
        return run(body).orThrow();
    }

    /** Makes the call on an executor; see {@link AsyncGuard}. */
    public <T> CompletableFuture<ToolOutcome<T>> runAsync(ToolBody<T> body, Executor executor) {
        return guard.async(executor).call(toCall(), body);
    }
}
