package ai.paybond.kit.langchain4j;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.capability.DenyReason;
import ai.paybond.kit.guard.Decision;
import ai.paybond.kit.guard.ToolCall;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolOutcome;
import ai.paybond.kit.wire.json.JsonException;
import ai.paybond.kit.wire.json.JsonObject;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place through which a guarded tool runs, whichever way LangChain4j or anyone else calls it.
 *
 * <p>Asks under the name the tool was declared with, never under the one in the request, and hands the tool the
 * arguments that were checked, never those that the model wrote.
 */
final class CapabilityToolExecutor implements ToolExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(CapabilityToolExecutor.class);

    private static final DenyReason NAME_MISMATCH =
            DenyReason.local("tool.name_mismatch", "the request names another tool than the one it was given to");
    private static final DenyReason GUARD_MISSING =
            DenyReason.local("guard.missing", "no capability is bound to this invocation");

    private final String toolName;
    private final String declaredName;
    private final ToolExecutor delegate;
    private final GuardResolver guards;
    private final ToolArguments arguments;

    CapabilityToolExecutor(String toolName, ToolExecutor delegate, GuardResolver guards) {
        this(toolName, toolName, delegate, guards);
    }

    /**
     * @param toolName the name under which the model calls the tool
     * @param declaredName the name under which the guard's registry declares it
     */
    CapabilityToolExecutor(String toolName, String declaredName, ToolExecutor delegate, GuardResolver guards) {
        this.toolName = Objects.requireNonNull(toolName, "toolName");
        this.declaredName = Objects.requireNonNull(declaredName, "declaredName");
        this.delegate = Objects.requireNonNull(delegate, "delegate");
        this.guards = Objects.requireNonNull(guards, "guards");
        this.arguments = ToolArguments.of(delegate);
    }

    GuardResolver guards() {
        return guards;
    }

    String declaredName() {
        return declaredName;
    }

    ToolExecutor delegate() {
        return delegate;
    }

    @Override
    public ToolExecutionResult executeWithContext(ToolExecutionRequest request, @Nullable InvocationContext context) {
        return guarded(request, context, context);
    }

    /**
     * A direct call: there is no invocation to find a guard by, so only a fixed guard, or a resolver of its own kind,
     * permits it.
     */
    @Override
    public String execute(ToolExecutionRequest request, @Nullable Object memoryId) {
        InvocationContext forTool =
                InvocationContext.builder().chatMemoryId(memoryId).build();
        return guarded(request, null, forTool).resultText();
    }

    private ToolExecutionResult guarded(
            ToolExecutionRequest request, @Nullable InvocationContext asked, @Nullable InvocationContext forTool) {
        if (PermittedRequests.contains(request, asked)) {
            // Thrown, because the executor in between may keep only the text of a result: the outer guard would take
            // the refusal for the tool's answer and charge for it.
            throw new ConfigurationException(
                    "tool.guarded_twice", "an executor around this guarded tool is guarded as well");
        }
        Optional<Bound> bound = bind(request, asked);
        if (!toolName.equals(request.name())) {
            return refused(NAME_MISMATCH, bound.map(Bound::guard), request);
        }
        return bound.isEmpty()
                ? refused(GUARD_MISSING, Optional.empty(), request)
                : GuardedResults.of(
                        call(bound.get(), request, forTool), bound.get().callId());
    }

    /** The guard of one call, and the id under which it remembers the call. */
    private record Bound(ToolGuard guard, @Nullable String callId) {}

    private Optional<Bound> bind(ToolExecutionRequest request, @Nullable InvocationContext context) {
        try {
            ToolGuard guard = guards.resolve(context);
            return guard == null ? Optional.empty() : Optional.of(new Bound(guard, guards.callId(request, context)));
        } catch (RuntimeException e) {
            LOG.warn("The guard of a call of {} could not be found", toolName, e);
            return Optional.empty();
        }
    }

    private ToolOutcome<ToolExecutionResult> call(
            Bound bound, ToolExecutionRequest request, @Nullable InvocationContext context) {
        DelegateBody body = new DelegateBody(delegate, request, context);
        JsonObject read;
        try {
            read = arguments.read(request.arguments());
        } catch (JsonException e) {
            // The guard cannot read it either: it refuses, and remembers that it did.
            return bound.guard().call(declaredName, bound.callId(), request.arguments(), body);
        }
        return bound.guard().call(ToolCall.of(declaredName, bound.callId(), read), body);
    }

    private ToolExecutionResult refused(DenyReason reason, Optional<ToolGuard> bound, ToolExecutionRequest request) {
        LOG.warn("A call of {} is refused as {}: {}", toolName, reason.code(), reason.message());
        bound.or(() -> Optional.ofNullable(guards.recorder()))
                .ifPresent(recorder -> recorder.refuse(declaredName, request.id(), request.arguments(), reason));
        return GuardedResults.denied(Decision.Denied.because(reason));
    }

    @Override
    public String toString() {
        return "CapabilityToolExecutor[" + toolName + "]";
    }
}
