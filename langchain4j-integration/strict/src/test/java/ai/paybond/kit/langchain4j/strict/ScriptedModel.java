package ai.paybond.kit.langchain4j.strict;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.ArrayList;
import java.util.List;

/** A model that says what it was told to say, one answer a request, and remembers what it was asked. */
final class ScriptedModel {
    static final String LAST_WORD = "That is all.";

    private final List<AiMessage> answers = new ArrayList<>();
    private final List<ChatRequest> asked = new ArrayList<>();

    static ScriptedModel calling(ToolExecutionRequest... requests) {
        return new ScriptedModel().thenCalling(requests);
    }

    ScriptedModel thenCalling(ToolExecutionRequest... requests) {
        answers.add(AiMessage.from(requests));
        return this;
    }

    ScriptedModel thenSaying(String text) {
        answers.add(AiMessage.from(text));
        return this;
    }

    static ToolExecutionRequest request(String id, String tool, String arguments) {
        return ToolExecutionRequest.builder()
                .id(id)
                .name(tool)
                .arguments(arguments)
                .build();
    }

    ChatModel model() {
        return new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                return next(request);
            }
        };
    }

    StreamingChatModel streamingModel() {
        return new StreamingChatModel() {
            @Override
            public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
                ChatResponse response = next(request);
                List<ToolExecutionRequest> calls = response.aiMessage().toolExecutionRequests();
                for (int i = 0; i < calls.size(); i++) {
                    handler.onCompleteToolCall(new CompleteToolCall(i, calls.get(i)));
                }
                handler.onCompleteResponse(response);
            }
        };
    }

    private ChatResponse next(ChatRequest request) {
        int turn = asked.size();
        asked.add(request);
        AiMessage answer = turn < answers.size() ? answers.get(turn) : AiMessage.from(LAST_WORD);
        return ChatResponse.builder().aiMessage(answer).build();
    }

    int rounds() {
        return asked.size();
    }

    /** The tool results that the model was shown in its last request, in order. */
    List<ToolExecutionResultMessage> results() {
        return asked.get(asked.size() - 1).messages().stream()
                .filter(ToolExecutionResultMessage.class::isInstance)
                .map(ToolExecutionResultMessage.class::cast)
                .toList();
    }

    /** The only tool result that the model was shown. */
    ToolExecutionResultMessage result() {
        List<ToolExecutionResultMessage> results = results();
        if (results.size() != 1) {
            throw new AssertionError("expected one tool result, got " + results);
        }
        return results.get(0);
    }
}
