package ai.paybond.kit.springai;

import ai.paybond.kit.guard.ToolGuard;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.core.Ordered;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Binds each turn to its run: finds the guard of the request, opens a handle for as long as the turn lasts, shows the model
 * only the tools that the capability grants, and puts the run and what the guard decided into the response's context, under
 * {@link #RUN} and {@link #CALLS}.
 *
 * <p><b>It is not the guard.</b> A request can do without its advisors; what refuses a call is the
 * {@link CapabilityToolCallingManager}. Without this advisor every call still needs a guard, and one that was hidden is
 * still refused.
 *
 * <p>It runs at {@link #DEFAULT_ORDER}, outside of Spring AI's chat memory (+200) and tool calling (+300) advisors, so that
 * one turn has one handle. Tools that an advisor further inside adds are guarded, but not hidden. Thread-safe.
 */
public final class CapabilityAdvisor implements CallAdvisor, StreamAdvisor {

    /** {@code HIGHEST_PRECEDENCE + 100}. */
    public static final int DEFAULT_ORDER = Ordered.HIGHEST_PRECEDENCE + 100;

    /**
     * The context's key for the turn's calls, a {@code List<GuardedCall>}. In a stream each response has those that have
     * ended by then, and the last one has all.
     */
    public static final String CALLS = "paybond.calls";

    /** The context's key for the {@link ai.paybond.kit.guard.GuardRun} of the turn, for advisors too; absent without a guard. */
    public static final String RUN = "paybond.run";

    private static final Logger log = LoggerFactory.getLogger(CapabilityAdvisor.class);

    private final ConversationGuards guards;
    private final @Nullable TurnGuard turnGuard;
    private final int order;

    private CapabilityAdvisor(ConversationGuards guards, @Nullable TurnGuard turnGuard, int order) {
        this.guards = Objects.requireNonNull(guards, "guards");
        this.turnGuard = turnGuard;
        this.order = order;
    }

    /** An advisor for turns whose guard is named by the handle in their tool context, or is the one fixed guard. */
    public static CapabilityAdvisor of(ConversationGuards guards) {
        return new CapabilityAdvisor(guards, null, DEFAULT_ORDER);
    }

    /**
     * An advisor that finds the guard of each turn by itself. Where it finds none no tool runs, whatever fixed guard or
     * handle there is.
     */
    public static CapabilityAdvisor of(ConversationGuards guards, TurnGuard turnGuard) {
        return new CapabilityAdvisor(guards, Objects.requireNonNull(turnGuard, "turnGuard"), DEFAULT_ORDER);
    }

    /** What became of the tool calls of a turn, in the order in which they ended; empty when the advisor was not there. */
    public static List<GuardedCall> callsOf(ChatClientResponse response) {
        return response.context().get(CALLS) instanceof List<?> calls
                ? calls.stream().map(GuardedCall.class::cast).toList()
                : List.of();
    }

    /** The same elsewhere in the chain. Keep it below the order of the tool calling advisor. */
    public CapabilityAdvisor withOrder(int position) {
        return new CapabilityAdvisor(guards, turnGuard, position);
    }

    @Override
    public String getName() {
        return "Paybond Capability Advisor";
    }

    @Override
    public int getOrder() {
        return order;
    }

    @Override
    public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
        ToolCallingChatOptions options = optionsOf(request);
        if (options == null) {
            return chain.nextCall(request);
        }
        ToolGuard guard = guardOf(request, options).block();
        if (guard == null) {
            return chain.nextCall(withoutTools(request, options));
        }
        try (GuardHandle turn = guards.open(guard)) {
            return told(chain.nextCall(bound(request, options, guard, turn)), turn);
        }
    }

    @Override
    public Flux<ChatClientResponse> adviseStream(ChatClientRequest request, StreamAdvisorChain chain) {
        ToolCallingChatOptions options = optionsOf(request);
        if (options == null) {
            return chain.nextStream(request);
        }
        Mono<Flux<ChatClientResponse>> bound = guardOf(request, options)
                .map(guard -> Flux.using(
                        () -> guards.open(guard),
                        turn -> chain.nextStream(bound(request, options, guard, turn))
                                .map(response -> told(response, turn)),
                        GuardHandle::close));
        return bound.switchIfEmpty(Mono.fromSupplier(() -> chain.nextStream(withoutTools(request, options))))
                .flatMapMany(responses -> responses);
    }

    private Mono<ToolGuard> guardOf(ChatClientRequest request, ToolCallingChatOptions options) {
        TurnGuard source = turnGuard;
        Mono<ToolGuard> guard = source == null
                ? Mono.fromSupplier(() -> guards.resolve(new ToolContext(contextOf(options))))
                : Mono.defer(() -> source.guardFor(request));
        return guard.onErrorResume(RuntimeException.class, e -> {
            log.warn("The guard of a turn could not be found, so its tool calls are denied", e);
            return Mono.empty();
        });
    }

    private static ChatClientRequest bound(
            ChatClientRequest request, ToolCallingChatOptions options, ToolGuard guard, GuardHandle turn) {
        Map<String, Object> context = new HashMap<>(contextOf(options));
        context.putAll(turn.toolContext());
        return changed(request, options, context, new VisibleTools(guard).of(toolsOf(options)))
                .context(RUN, guard.run())
                .build();
    }

    /** With a handle that nobody has, so that a fixed guard does not step in for the one that was not found. */
    private static ChatClientRequest withoutTools(ChatClientRequest request, ToolCallingChatOptions options) {
        Map<String, Object> context = new HashMap<>(contextOf(options));
        context.put(ConversationGuards.CONTEXT_KEY, "");
        return changed(request, options, context, List.of()).build();
    }

    private static ChatClientRequest.Builder changed(
            ChatClientRequest request,
            ToolCallingChatOptions options,
            Map<String, Object> context,
            List<ToolCallback> tools) {
        ToolCallingChatOptions changed =
                options.mutate().toolCallbacks(tools).toolContext(context).build();
        Object handle = contextOf(changed).get(ConversationGuards.CONTEXT_KEY);
        if (!Objects.equals(handle, context.get(ConversationGuards.CONTEXT_KEY))) {
            throw new IllegalStateException(options.getClass().getName() + " does not take a tool context");
        }
        return request.mutate()
                .prompt(request.prompt().mutate().chatOptions(changed).build());
    }

    private static ChatClientResponse told(ChatClientResponse response, GuardHandle turn) {
        return response.mutate().context(CALLS, turn.calls()).build();
    }

    private static @Nullable ToolCallingChatOptions optionsOf(ChatClientRequest request) {
        return request.prompt().getOptions() instanceof ToolCallingChatOptions options ? options : null;
    }

    private static Map<String, Object> contextOf(ToolCallingChatOptions options) {
        return Objects.requireNonNullElse(options.getToolContext(), Map.of());
    }

    private static List<ToolCallback> toolsOf(ToolCallingChatOptions options) {
        return Objects.requireNonNullElse(options.getToolCallbacks(), List.of());
    }
}
