package ai.paybond.kit.springai;

import ai.paybond.kit.Paybond;
import ai.paybond.kit.annotation.CapabilityGuarded;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.harbor.BootstrapRequest;
import ai.paybond.kit.harbor.SandboxRun;
import ai.paybond.kit.springai.archunit.GuardedToolRules;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The Java of README.md, compiled; {@link ReadmeTest} compares the two and runs this. */
final class ReadmeSnippets {

    private ReadmeSnippets() {}

    static class TravelTools {

        @Tool(name = "book_hotel", description = "Books a hotel room.")
        @CapabilityGuarded(
                operation = "travel.book_hotel",
                spendFrom = "priceCents",
                evidence = {"status", "cost_cents"})
        public Map<String, Object> bookHotel(String city, long priceCents) {
            return Map.of("status", "completed", "cost_cents", priceCents, "city", city);
        }

        @Tool(name = "find_hotels", description = "Lists the hotels of a city.")
        @CapabilityGuarded(readOnly = true)
        public List<String> findHotels(String city) {
            return List.of("Ritz " + city, "Ibis " + city);
        }
    }

    @Service
    static class TravelAgent {

        private final ChatClient chatClient;
        private final Paybond paybond;
        private final ToolRegistry toolRegistry;
        private final ConversationGuards guards;
        private final TravelTools tools;

        TravelAgent(
                ChatClient.Builder builder,
                Paybond paybond,
                ToolRegistry toolRegistry,
                ConversationGuards guards,
                TravelTools tools) {
            this.chatClient = builder.build();
            this.paybond = paybond;
            this.toolRegistry = toolRegistry;
            this.guards = guards;
            this.tools = tools;
        }

        @Nullable String book(String question) {
            SandboxRun run = paybond.guardrails().bootstrap(BootstrapRequest.of("travel.book_hotel", 20_000));
            ToolGuard guard = paybond.guard(run, toolRegistry).build();
            try (GuardHandle conversation = guards.open(guard)) {
                return chatClient
                        .prompt(question)
                        .tools(tools)
                        .toolContext(conversation.toolContext())
                        .call()
                        .content();
            }
        }
    }

    static class StreamingAgent {

        private final ChatClient chatClient;
        private final ConversationGuards guards;
        private final TravelTools tools;

        StreamingAgent(ChatClient chatClient, ConversationGuards guards, TravelTools tools) {
            this.chatClient = chatClient;
            this.guards = guards;
            this.tools = tools;
        }

        Flux<String> stream(String question, ToolGuard guard) {
            return Flux.using(
                    () -> guards.open(guard),
                    conversation ->
                            chatClient.prompt(question).tools(tools).toolContext(conversation.toolContext()).stream()
                                    .content(),
                    GuardHandle::close);
        }
    }

    static class FixedGuard {
        @Bean
        ToolGuard toolGuard(Paybond paybond, ToolRegistry toolRegistry) {
            SandboxRun run = paybond.guardrails().bootstrap(BootstrapRequest.of("travel.book_hotel", 20_000));
            return paybond.guard(run, toolRegistry).build();
        }
    }

    static class Declarations {
        @Bean
        ToolDeclaration search() {
            return ToolDeclaration.builder("mcp_search").readOnly().build();
        }
    }

    static ChatClient builtByHand(ChatModel chatModel, GuardResolver guards) {
        ChatClient guarded = GuardedChatClient.builder(chatModel, guards).build();
        return guarded;
    }

    static ChatClient withAdvisor(ChatModel chatModel, GuardResolver guards) {
        ChatClient guarded = ChatClient.builder(chatModel)
                .defaultAdvisors(GuardedChatClient.advisor(guards))
                .build();
        return guarded;
    }

    static class Turns {
        List<GuardedCall> ask(ChatClient.Builder builder, ConversationGuards guards, ToolGuard guard, String question) {
            ChatClientResponse response = builder.defaultAdvisors(
                            CapabilityAdvisor.of(guards, request -> Mono.just(guard)))
                    .build()
                    .prompt(question)
                    .call()
                    .chatClientResponse();
            return CapabilityAdvisor.callsOf(response);
        }
    }

    static void checkArchitecture() {
        GuardedToolRules.TOOLS_RUN_GUARDED.check(new ClassFileImporter().importPackages("com.example"));
    }
}
