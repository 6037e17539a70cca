package ai.paybond.kit.springai;

import ai.paybond.kit.approval.ApprovalAnswer;
import ai.paybond.kit.async.GuardContext;
import ai.paybond.kit.capability.DenyReason;
import ai.paybond.kit.guard.Decision;
import ai.paybond.kit.guard.ModelText;
import ai.paybond.kit.guard.ToolCall;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolOutcome;
import ai.paybond.kit.wire.json.CanonicalJson;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.execution.ToolExecutionException;
import org.springframework.ai.tool.metadata.ToolMetadata;

/**
 * A tool that runs only if its guard allows the call. A denial, a call held for approval and a call in doubt are answered
 * as text that the model can read, so that its turn completes; a tool's own clean failure is thrown on as it was thrown.
 *
 * <p>One that another decorator wraps, and that is guarded once more outside of it, is asked about once: what the outer guard
 * permits runs inside as it is, if the decorator passes it on unchanged.
 *
 * <p>The tool gets the very arguments that were checked, in their canonical text, and a tool context without the
 * conversation's handle but with {@link #CALL_ID}; while it runs, {@link GuardContext#current()} is its guard. Definition and
 * metadata are the tool's own. Thread-safe if the tool is.
 */
public final class CapabilityToolCallback implements ToolCallback {

    /**
     * The key under which a tool finds the id of its call in the tool context, fit as a vendor's idempotency key. Absent
     * when the tool is called without a context.
     */
    public static final String CALL_ID = "paybond.callId";

    private static final Logger log = LoggerFactory.getLogger(CapabilityToolCallback.class);
    static final DenyReason GUARD_MISSING =
            DenyReason.local("guard.missing", "No guard is open for this conversation.");
    private static final DenyReason WRONG_TYPE =
            DenyReason.local("arguments.wrong_type", "An argument is not of the type that the tool's schema declares.");

    private final ToolCallback delegate;
    private final GuardResolver guards;
    private final ToolCallBatch batch;

    private CapabilityToolCallback(ToolCallback delegate, GuardResolver guards, ToolCallBatch batch) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
        this.guards = Objects.requireNonNull(guards, "guards");
        this.batch = batch;
    }

    /** Guards a tool. One that is guarded already comes back as it is, with the resolver it has. */
    public static CapabilityToolCallback guard(ToolCallback tool, GuardResolver guards) {
        return tool instanceof CapabilityToolCallback guarded
                ? guarded
                : new CapabilityToolCallback(tool, guards, ToolCallBatch.none());
    }

    CapabilityToolCallback in(ToolCallBatch calls) {
        return new CapabilityToolCallback(delegate, guards, calls);
    }

    @Override
    public ToolDefinition getToolDefinition() {
        return delegate.getToolDefinition();
    }

    @Override
    public ToolMetadata getToolMetadata() {
        return delegate.getToolMetadata();
    }

    @Override
    public String call(String toolInput) {
        PermittedCall.Scope again = PermittedCall.takeOver(getToolDefinition().name(), toolInput);
        if (again == null) {
            return call(toolInput, null, (input, permitted) -> delegate.call(input));
        }
        try (again) {
            return delegate.call(toolInput);
        }
    }

    @Override
    public String call(String toolInput, @Nullable ToolContext toolContext) {
        PermittedCall.Scope again = PermittedCall.takeOver(getToolDefinition().name(), toolInput);
        if (again == null) {
            return call(
                    toolInput, toolContext, (input, permitted) -> delegate.call(input, inside(toolContext, permitted)));
        }
        try (again) {
            return delegate.call(toolInput, toolContext);
        }
    }

    private String call(@Nullable String input, @Nullable ToolContext context, Form form) {
        HostTool tool = new HostTool(delegate, form);
        String arguments = ToolArguments.orEmpty(input);
        String toolName = getToolDefinition().name();
        String callId = batch.takeId(toolName, arguments);
        ToolOutcome<String> outcome = decideAndRun(callId, arguments, context, tool);
        batch.settled(outcome);
        tell(guards, context, GuardedCall.of(toolName, callId, outcome));
        return answer(outcome, tool);
    }

    private ToolOutcome<String> decideAndRun(
            @Nullable String callId, String input, @Nullable ToolContext context, HostTool tool) {
        ToolDefinition definition = getToolDefinition();
        ToolGuard guard = guardFor(guards, context);
        if (guard == null) {
            return new ToolOutcome.Refused<>(Decision.Denied.because(GUARD_MISSING));
        }
        String arguments = ToolArguments.canonical(input);
        if (!ToolArguments.areOfDeclaredTypes(arguments, definition.inputSchema())) {
            return guard.refuse(definition.name(), callId, arguments, WRONG_TYPE);
        }
        return guard.call(definition.name(), callId, arguments, permitted -> tool.run(guard, permitted));
    }

    static @Nullable ToolGuard guardFor(GuardResolver guards, @Nullable ToolContext context) {
        try {
            return guards.resolve(context);
        } catch (RuntimeException e) {
            log.warn("The guard resolver failed, so the tool call is denied", e);
            return null;
        }
    }

    static void tell(GuardResolver guards, @Nullable ToolContext context, GuardedCall call) {
        try {
            guards.settled(context, call);
        } catch (RuntimeException e) {
            log.warn("The guard resolver did not take note of a tool call", e);
        }
    }

    private static @Nullable ToolContext inside(@Nullable ToolContext context, ToolCall permitted) {
        if (context == null) {
            return null;
        }
        Map<String, Object> values = new HashMap<>(context.getContext());
        values.remove(ConversationGuards.CONTEXT_KEY);
        values.remove(CALL_ID);
        if (permitted.callId() != null) {
            values.put(CALL_ID, permitted.callId());
        }
        return new ToolContext(values);
    }

    private String answer(ToolOutcome<String> outcome, HostTool tool) {
        if (outcome instanceof ToolOutcome.Executed<String> executed) {
            return Objects.requireNonNullElse(executed.result(), "");
        }
        if (outcome instanceof ToolOutcome.Refused<String> refused) {
            return ModelText.of(refused.decision());
        }
        if (outcome instanceof ToolOutcome.Held<String> held) {
            return ModelText.of(held.decision());
        }
        ToolOutcome.Failed<String> failed = (ToolOutcome.Failed<String>) outcome;
        if (failed.inDoubt() && !(failed.thrown() instanceof Error)) {
            return ModelText.inDoubt();
        }
        throw tool.asThrown(failed.thrown(), getToolDefinition());
    }

    /** Takes up a call that waited for a person; see {@link HeldToolCalls}. */
    HeldToolCalls.Ran resume(ToolGuard guard, String callId, ApprovalAnswer answer) {
        HostTool tool = new HostTool(
                delegate, (input, permitted) -> delegate.call(input, inside(new ToolContext(Map.of()), permitted)));
        ToolOutcome<String> outcome = guard.resume(callId, answer, permitted -> tool.run(guard, permitted));
        return new HeldToolCalls.Ran(
                outcome,
                outcome instanceof ToolOutcome.Failed<String> failed
                        ? HeldToolCalls.textOf(failed)
                        : answer(outcome, tool));
    }

    @Override
    public String toString() {
        return "CapabilityToolCallback[" + getToolDefinition().name() + "]";
    }

    /** Which of a tool's two call forms runs. */
    @FunctionalInterface
    private interface Form {
        String run(String input, ToolCall permitted);
    }

    /**
     * The tool, with Spring AI's wrapping taken off its exceptions: whether a failure is clean shows only in the cause. What
     * Spring AI threw is kept, so that the framework sees it again.
     */
    private static final class HostTool {
        private final ToolCallback tool;
        private final Form form;
        private @Nullable ToolExecutionException wrapped;
        private boolean ran;

        HostTool(ToolCallback tool, Form form) {
            this.tool = tool;
            this.form = form;
        }

        String run(ToolGuard guard, ToolCall permitted) throws Exception {
            ran = true;
            try (GuardContext.Scope run = GuardContext.open(guard);
                    PermittedCall.Scope call = PermittedCall.open(permitted.toolName(), permitted.arguments())) {
                return form.run(CanonicalJson.strict(permitted.arguments()), permitted);
            } catch (ToolExecutionException e) {
                wrapped = e;
                throw HostTool.<Exception>unchecked(McpTools.judged(tool, e.getCause() == null ? e : e.getCause()));
            }
        }

        /** What the framework saw or, for a repetition that did not run, would have seen. */
        RuntimeException asThrown(Throwable thrown, ToolDefinition definition) {
            if (wrapped != null) {
                return wrapped;
            }
            return ran ? HostTool.<RuntimeException>unchecked(thrown) : new ToolExecutionException(definition, thrown);
        }

        /** Throws anything, checked or not, without changing it. */
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        private static <E extends Throwable> E unchecked(Throwable thrown) throws E {
            throw (E) thrown;
        }
    }
}
