package ai.paybond.kit.springai;

import ai.paybond.kit.wire.json.CanonicalJson;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonNumber;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The call that a guard has just permitted on this thread, so that a tool which is guarded a second time, inside a decorator
 * or by interception, is not asked about and charged twice. It counts for one call of the tool's own method, and only for as long as the tool runs.
 */
final class PermittedCall {

    private static final ThreadLocal<@Nullable PermittedCall> CURRENT = new ThreadLocal<>();

    private final String toolName;
    private final JsonObject arguments;
    private boolean taken;

    private PermittedCall(String toolName, JsonObject arguments) {
        this.toolName = toolName;
        this.arguments = arguments;
    }

    static Scope open(String toolName, JsonObject arguments) {
        return new Scope(new PermittedCall(toolName, arguments));
    }

    /**
     * Whether this very call was permitted on this thread and is not used up yet; uses it up.
     *
     * @param called the arguments of the method; null when they have no form in JSON
     */
    static boolean take(String toolName, @Nullable JsonObject called) {
        PermittedCall permitted = CURRENT.get();
        if (permitted == null || permitted.taken || !permitted.toolName.equals(toolName)) {
            return false;
        }
        if (called != null && !agree(permitted.arguments, called)) {
            return false;
        }
        permitted.taken = true;
        return true;
    }

    /**
     * The permission for a guarded tool inside of another guard, or null when exactly this was not permitted on this thread.
     *
     * @param input the arguments as they reach the inner tool
     */
    static @Nullable Scope takeOver(String toolName, @Nullable String input) {
        PermittedCall permitted = CURRENT.get();
        boolean same = permitted != null
                && !permitted.taken
                && permitted.toolName.equals(toolName)
                && CanonicalJson.strict(permitted.arguments)
                        .equals(ToolArguments.canonical(ToolArguments.orEmpty(input)));
        if (permitted == null || !same) {
            return null;
        }
        permitted.taken = true;
        return open(toolName, permitted.arguments);
    }

    /** Whether all that both say in numbers is equal: text may be written in two ways, money may not. */
    private static boolean agree(JsonValue permitted, JsonValue called) {
        if (permitted instanceof JsonObject one && called instanceof JsonObject other) {
            return one.members().entrySet().stream().allMatch(member -> {
                JsonValue same = other.get(member.getKey());
                return same == null || agree(member.getValue(), same);
            });
        }
        if (permitted instanceof JsonArray one && called instanceof JsonArray other) {
            return one.items().size() == other.items().size() && itemsAgree(one, other);
        }
        boolean amount = permitted instanceof JsonNumber || called instanceof JsonNumber;
        return !amount || permitted.equals(called);
    }

    private static boolean itemsAgree(JsonArray one, JsonArray other) {
        for (int i = 0; i < one.items().size(); i++) {
            if (!agree(one.items().get(i), other.items().get(i))) {
                return false;
            }
        }
        return true;
    }

    /** As long as the tool runs. */
    static final class Scope implements AutoCloseable {
        private final @Nullable PermittedCall before = CURRENT.get();

        private Scope(PermittedCall permitted) {
            CURRENT.set(permitted);
        }

        @Override
        public void close() {
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        }
    }
}
