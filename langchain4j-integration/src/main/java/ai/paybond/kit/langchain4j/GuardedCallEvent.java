package ai.paybond.kit.langchain4j;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What became of one guarded call in an AI service invocation: names and the receipt, no argument, no result, no secret.
 * It can be logged as it is.
 *
 * @param invocationId LangChain4j's id of the invocation, which all of its events carry
 * @param interfaceName the AI service
 * @param methodName the method that was called on it
 * @param toolName the tool, under the name that the model sees
 * @param receipt the {@link ReceiptAttributes} of the call, by their names
 */
public record GuardedCallEvent(
        UUID invocationId, String interfaceName, String methodName, String toolName, Map<String, String> receipt) {
    public GuardedCallEvent {
        receipt = Map.copyOf(receipt);
    }

    /** Why the call was refused or waits for a person; empty for a call that ran. */
    public Optional<String> code() {
        return Optional.ofNullable(receipt.get(ReceiptAttributes.CODE));
    }
}
