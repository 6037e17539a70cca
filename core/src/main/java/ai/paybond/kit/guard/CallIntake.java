package ai.paybond.kit.guard;

import ai.paybond.kit.capability.DenyCodes;
import ai.paybond.kit.capability.DenyReason;
import ai.paybond.kit.guard.Resolution.Resolved;
import ai.paybond.kit.guard.Resolution.Unresolvable;
import ai.paybond.kit.journal.CallFacts;
import ai.paybond.kit.journal.CallKey;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.json.CanonicalJson;
import ai.paybond.kit.wire.json.JsonException;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Resolves a call: which declared tool, exactly which arguments, at what price, under which id. */
final class CallIntake {
    private static final Logger log = LoggerFactory.getLogger(CallIntake.class);
    private static final int LONGEST_ID = 256;

    private final String tenantId;
    private final String intentId;
    private final Supplier<ToolRegistry> tools;
    private final Supplier<String> ids;

    CallIntake(String tenantId, String intentId, Supplier<ToolRegistry> tools, Supplier<String> ids) {
        this.tenantId = tenantId;
        this.intentId = intentId;
        this.tools = tools;
        this.ids = ids;
    }

    Resolution resolve(ToolCall asked) {
        String id = asked.callId();
        if (id != null && id.length() > LONGEST_ID) {
            return refused(asked.withId(ids.get()), GuardCodes.CALL_ID_TOO_LONG, "the call's id is too long");
        }
        ToolCall call = id == null ? asked.withId(ids.get()) : asked;
        Optional<ToolDeclaration> tool = declared(call.toolName());
        return tool.isPresent()
                ? priced(call, tool.get())
                : refused(call, GuardCodes.TOOL_UNDECLARED, "the tool is not declared to the guard");
    }

    /** The one look at the registry that a call gets: whatever changes later, this is its tool. */
    private Optional<ToolDeclaration> declared(String toolName) {
        try {
            return tools.get().find(toolName);
        } catch (RuntimeException e) {
            log.error("there is no registry, so that no tool is declared", e);
            return Optional.empty();
        }
    }

    private Resolution priced(ToolCall call, ToolDeclaration tool) {
        String digest;
        try {
            digest = digest(call);
        } catch (JsonException e) {
            return refused(call, GuardCodes.ARGUMENTS_AMBIGUOUS, "the arguments can be read in more than one way");
        }
        long cents = cents(call, tool);
        if (cents < 0) {
            return refused(call, DenyCodes.SPEND_INVALID, "the call has no valid price in whole cents");
        }
        CallFacts facts = new CallFacts(tenantId, tool.toolName(), tool.operation(), digest, cents);
        return new Resolved(new ResolvedCall(call, tool, keyOf(call), facts));
    }

    /** Negative when the rule gives no amount. */
    private static long cents(ToolCall call, ToolDeclaration tool) {
        try {
            return tool.spend().cents(call);
        } catch (Throwable e) {
            log.warn(
                    "the spend rule of tool {} gave no amount: {}",
                    tool.toolName(),
                    e.getClass().getName());
            return -1;
        }
    }

    private static String digest(ToolCall call) {
        JsonObject request = JsonObject.builder()
                .put("arguments", call.arguments())
                .put("tool", call.toolName())
                .build();
        return Digest32.sha256(CanonicalJson.strictBytes(request)).hex();
    }

    /** The key of a call that has an id. */
    CallKey keyOf(ToolCall call) {
        String id = call.callId();
        return new CallKey(intentId, id == null ? ids.get() : id);
    }

    /** Resolves a call whose arguments are text; no text counts as no arguments, no name as that of no tool. */
    Resolution read(@Nullable String toolName, @Nullable String callId, @Nullable String argumentsJson) {
        String name = toolName == null ? "" : toolName;
        String json = argumentsJson == null || argumentsJson.isBlank() ? "{}" : argumentsJson;
        try {
            return resolve(ToolCall.parse(name, callId, json));
        } catch (JsonException e) {
            return unreadable(name, callId, e);
        }
    }

    /** Arguments that could not be read; told apart by whether they could be read in two ways. */
    private Unresolvable unreadable(String toolName, @Nullable String callId, JsonException why) {
        boolean bounded = callId == null || callId.length() <= LONGEST_ID;
        ToolCall call = ToolCall.of(
                toolName, bounded ? callId : ids.get(), JsonObject.builder().build());
        return why.code().equals("json.duplicate_key")
                ? refused(call, GuardCodes.ARGUMENTS_AMBIGUOUS, "the arguments name a member twice")
                : refused(call, GuardCodes.ARGUMENTS_MALFORMED, "the arguments are not one JSON object");
    }

    private static Unresolvable refused(ToolCall call, String code, String message) {
        return new Unresolvable(call, DenyReason.local(code, message));
    }
}
