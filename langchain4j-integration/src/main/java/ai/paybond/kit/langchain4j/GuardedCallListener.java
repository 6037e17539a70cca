package ai.paybond.kit.langchain4j;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.observability.api.event.AiServiceRequestIssuedEvent;
import dev.langchain4j.observability.api.listener.AiServiceRequestIssuedListener;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Ties guarded calls to the AI service invocations in which they were made; for {@code AiServices.registerListener}.
 *
 * <p>Calls are told in their order when their results go back to the model. A call after which there is no further request
 * is not told: of a tool that returns immediately, or of a turn that breaks off. Who has to see every call takes a {@link
 * ai.paybond.kit.guard.CallObserver}; who has to prove one, the journal. Receipts of guarded tools are the guard's; a tool
 * that nobody guarded can claim what it likes.
 *
 * <p>As thread-safe as the consumer. LangChain4j logs and drops what the consumer throws.
 */
public final class GuardedCallListener implements AiServiceRequestIssuedListener {
    private final Consumer<GuardedCallEvent> consumer;

    private GuardedCallListener(Consumer<GuardedCallEvent> consumer) {
        this.consumer = Objects.requireNonNull(consumer, "consumer");
    }

    /** @param consumer called on the thread of the turn */
    public static GuardedCallListener of(Consumer<GuardedCallEvent> consumer) {
        return new GuardedCallListener(consumer);
    }

    @Override
    public void onEvent(AiServiceRequestIssuedEvent event) {
        for (ToolExecutionResultMessage result : newResults(event.request().messages())) {
            Map<String, String> receipt = receiptOf(result);
            if (!receipt.isEmpty()) {
                consumer.accept(eventOf(event.invocationContext(), result.toolName(), receipt));
            }
        }
    }

    private static GuardedCallEvent eventOf(InvocationContext context, String toolName, Map<String, String> receipt) {
        return new GuardedCallEvent(
                context.invocationId(), context.interfaceName(), context.methodName(), toolName, receipt);
    }

    /** Those that the model has not been shown before stand at the end. */
    private static List<ToolExecutionResultMessage> newResults(List<ChatMessage> messages) {
        int start = messages.size();
        while (start > 0 && messages.get(start - 1) instanceof ToolExecutionResultMessage) {
            start--;
        }
        return messages.subList(start, messages.size()).stream()
                .map(ToolExecutionResultMessage.class::cast)
                .toList();
    }

    /** A tool's own attributes may be secret; they stay where they are. */
    private static Map<String, String> receiptOf(ToolExecutionResultMessage result) {
        Map<String, String> receipt = new LinkedHashMap<>();
        for (String name : ReceiptAttributes.NAMES) {
            if (result.attributes().get(name) instanceof String value) {
                receipt.put(name, value);
            }
        }
        return receipt;
    }
}
