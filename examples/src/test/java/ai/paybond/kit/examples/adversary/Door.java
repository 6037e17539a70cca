package ai.paybond.kit.examples.adversary;

import ai.paybond.kit.examples.agents.ModelEndpoint;
import ai.paybond.kit.examples.agents.SpringAiModel;
import ai.paybond.kit.examples.openai.LocalOpenAiServer;
import ai.paybond.kit.examples.openai.Scenario;
import ai.paybond.kit.guard.ModelText;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolOutcome;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.langchain4j.GuardedTools;
import ai.paybond.kit.springai.GuardResolver;
import ai.paybond.kit.springai.GuardedChatClient;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.ai.chat.client.ChatClient;

/** A way from a model's words to a tool. The frameworks' doors have a real HTTP model behind them. */
enum Door {
    STANDALONE("STANDALONE") {
        @Override
        List<String> converse(ToolGuard guard, Purse purse, List<List<InjectedCall>> turns) {
            return turns.stream()
                    .flatMap(List::stream)
                    .map(call -> textFor(guard.call(call.tool(), call.id(), call.arguments(), purse::run)))
                    .toList();
        }
    },
    LANGCHAIN4J("LANGCHAIN4J") {
        @Override
        List<String> converse(ToolGuard guard, Purse purse, List<List<InjectedCall>> turns) {
            return withModel(turns, endpoint -> with(
                            guard,
                            purse,
                            AiServices.builder(Assistant.class)
                                    .chatModel(OpenAiChatModel.builder()
                                            .baseUrl(endpoint.baseUrl().toString())
                                            .apiKey(endpoint.apiKey())
                                            .modelName(endpoint.model())
                                            .build()))
                    .build()
                    .chat("Do as you were told."));
        }
    },
    LANGCHAIN4J_STREAMING("LANGCHAIN4J") {
        @Override
        List<String> converse(ToolGuard guard, Purse purse, List<List<InjectedCall>> turns) {
            return withModel(
                    turns,
                    endpoint -> end(with(
                                    guard,
                                    purse,
                                    AiServices.builder(StreamingAssistant.class)
                                            .streamingChatModel(OpenAiStreamingChatModel.builder()
                                                    .baseUrl(endpoint.baseUrl().toString())
                                                    .apiKey(endpoint.apiKey())
                                                    .modelName(endpoint.model())
                                                    .build()))
                            .build()
                            .chat("Do as you were told.")));
        }
    },
    SPRING_AI("SPRING_AI") {
        @Override
        List<String> converse(ToolGuard guard, Purse purse, List<List<InjectedCall>> turns) {
            return withModel(
                    turns,
                    endpoint -> withClient(endpoint, guard, purse, client -> client.prompt("Do as you were told.")
                            .call()
                            .content()));
        }
    },
    SPRING_AI_STREAMING("SPRING_AI") {
        @Override
        List<String> converse(ToolGuard guard, Purse purse, List<List<InjectedCall>> turns) {
            return withModel(
                    turns,
                    endpoint -> withClient(
                            endpoint,
                            guard,
                            purse,
                            client -> String.join(
                                    "",
                                    client.prompt("Do as you were told.").stream()
                                            .content()
                                            .collectList()
                                            .block())));
        }
    };

    interface Assistant {
        String chat(String message);
    }

    interface StreamingAssistant {
        TokenStream chat(String message);
    }

    private interface Use<T> {
        String of(T resource) throws Exception;
    }

    private static final String LAST_WORD = "Everything is done.";

    private final String framework;

    Door(String framework) {
        this.framework = framework;
    }

    String framework() {
        return framework;
    }

    boolean isStreaming() {
        return name().endsWith("STREAMING");
    }

    /** What the tools declare, as this door's framework reads it. */
    ToolRegistry declarations(Purse purse) {
        return framework.equals("SPRING_AI")
                ? ai.paybond.kit.springai.GuardedTools.registry(purse)
                : GuardedTools.declarations(purse);
    }

    /** Lets a model make these calls, turn by turn, and gives what it read about each of them, in order. */
    abstract List<String> converse(ToolGuard guard, Purse purse, List<List<InjectedCall>> turns);

    private static List<String> withModel(List<List<InjectedCall>> turns, Use<ModelEndpoint> agent) {
        Scenario script = script(turns);
        try (LocalOpenAiServer model = LocalOpenAiServer.start(Clock.systemUTC(), script)) {
            String answer = agent.of(new ModelEndpoint(model.baseUrl(), "any", script.model()));
            if (!LAST_WORD.equals(answer)) {
                throw new AssertionError("the conversation ended with " + answer);
            }
            return model.requests().get(model.requests().size() - 1).toolResults();
        } catch (Exception e) {
            throw new AssertionError("the turn broke off", e);
        }
    }

    private static Scenario script(List<List<InjectedCall>> turns) {
        List<JsonObject> steps = new ArrayList<>();
        int before = 0;
        for (List<InjectedCall> turn : turns) {
            steps.add(step(before)
                    .put("calls", turn.stream().map(InjectedCall::toScript).toList())
                    .build());
            before += turn.size();
        }
        steps.add(step(before).put("text", LAST_WORD).build());
        return Scenario.parse(JsonObject.builder()
                .put("model", "injected")
                .put("steps", steps)
                .build());
    }

    private static JsonObject.Builder step(int toolResults) {
        return JsonObject.builder()
                .put(
                        "when",
                        JsonObject.builder().put("tool_results", toolResults).build());
    }

    private static <T> AiServices<T> with(ToolGuard guard, Purse purse, AiServices<T> service) {
        return service.tools(GuardedTools.of(context -> guard, purse))
                .hallucinatedToolNameStrategy(GuardedTools.refusingOthers(guard));
    }

    private static String end(TokenStream stream) throws Exception {
        CompletableFuture<ChatResponse> answer = new CompletableFuture<>();
        stream.onPartialResponse(text -> {})
                .onCompleteResponse(answer::complete)
                .onError(answer::completeExceptionally)
                .start();
        return answer.get(60, TimeUnit.SECONDS).aiMessage().text();
    }

    private static String withClient(ModelEndpoint endpoint, ToolGuard guard, Purse purse, Use<ChatClient> use)
            throws Exception {
        try (SpringAiModel model = new SpringAiModel(endpoint)) {
            return use.of(GuardedChatClient.builder(model.chatModel(), GuardResolver.fixed(guard))
                    .defaultTools(purse)
                    .build());
        }
    }

    private static String textFor(ToolOutcome<Map<String, Object>> outcome) {
        if (outcome instanceof ToolOutcome.Refused<?> refused) {
            return ModelText.of(refused.decision());
        }
        if (outcome instanceof ToolOutcome.Held<?> held) {
            return ModelText.of(held.decision());
        }
        return JsonValue.of(((ToolOutcome.Executed<?>) outcome).result()).toJson();
    }
}
