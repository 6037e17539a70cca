package ai.paybond.kit.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;

/** A streaming model that asks for a tool and then loses its connection. */
record BreakingModel(ToolExecutionRequest call) implements StreamingChatModel {

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        handler.onCompleteToolCall(new CompleteToolCall(0, call));
        handler.onError(new IllegalStateException("connection lost"));
    }
}
