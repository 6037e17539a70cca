package ai.paybond.kit.springai;

import static ai.paybond.kit.springai.ScriptedModel.toolCall;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.sandbox.Sandbox;
import ai.paybond.kit.springai.ReadmeSnippets.Declarations;
import ai.paybond.kit.springai.ReadmeSnippets.FixedGuard;
import ai.paybond.kit.springai.ReadmeSnippets.StreamingAgent;
import ai.paybond.kit.springai.ReadmeSnippets.TravelAgent;
import ai.paybond.kit.springai.ReadmeSnippets.TravelTools;
import ai.paybond.kit.springai.autoconfigure.PaybondAutoConfiguration;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Holds README.md to what compiles and runs. */
class ReadmeTest {

    private static final Path MODULE = Path.of(System.getProperty("paybond.root"), "spring-ai-integration");
    private static final Pattern JAVA = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern PROPERTY = Pattern.compile("(?m)^(?:\\| `)?(paybond\\.[a-z.-]+[a-z])");
    private static final AssistantMessage.ToolCall BOOKING =
            toolCall("call_1", "book_hotel", "{\"city\":\"Paris\",\"priceCents\":18700}");

    private static Sandbox sandbox;

    @BeforeAll
    static void startSandbox() {
        sandbox = Sandbox.start();
    }

    @AfterAll
    static void stopSandbox() {
        sandbox.close();
    }

    private static ApplicationContextRunner application(ScriptedModel model) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        ToolCallingAutoConfiguration.class,
                        ChatClientAutoConfiguration.class,
                        PaybondAutoConfiguration.class))
                .withPropertyValues(
                        "paybond.api-key=" + sandbox.tenant().apiKey(),
                        "paybond.gateway-url=" + sandbox.baseUrl(),
                        "paybond.capability-root-keys.1="
                                + sandbox.capabilityRootKey().hex())
                .withBean(TravelTools.class)
                .withBean(ChatModel.class, () -> model);
    }

    @Test
    void showsOnlyJavaThatIsCompiledHere() throws IOException {
        String compiled = squeezed(Files.readString(
                MODULE.resolve("autoconfigure/src/test/java/ai/paybond/kit/springai/ReadmeSnippets.java")));
        List<String> snippets = JAVA.matcher(readme())
                .results()
                .map(found -> squeezed(found.group(1)))
                .toList();

        assertThat(snippets).hasSize(9).allSatisfy(snippet -> assertThat(compiled)
                .contains(snippet));
    }

    @Test
    void namesEveryPropertyAndNoOther() throws IOException {
        List<String> known;
        try (InputStream metadata =
                PaybondAutoConfiguration.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            assertThat(metadata).isNotNull();
            known = JsonObject.parse(metadata.readAllBytes()).array("properties").orElseThrow().items().stream()
                    .map(ReadmeTest::name)
                    .filter(name -> name.startsWith("paybond."))
                    .toList();
        }

        assertThat(PROPERTY.matcher(readme()).results().map(MatchResult::group).map(text -> text.replace("| `", "")))
                .containsAll(known)
                .allSatisfy(property -> assertThat(known).contains(property));
    }

    @Test
    void booksInAConversationAsShown() {
        ScriptedModel model = ScriptedModel.asking(BOOKING);

        application(model).withBean(TravelAgent.class).run(context -> {
            assertThat(context.getBean(TravelAgent.class).book("Book a room in Paris."))
                    .isEqualTo("done");
            assertThat(model.answer()).contains("\"status\":\"completed\"");
        });
    }

    @Test
    void booksWithTheOneGuardOfTheApplicationAsShown() {
        ScriptedModel model = ScriptedModel.asking(BOOKING);

        application(model)
                .withUserConfiguration(FixedGuard.class, Declarations.class)
                .run(context -> {
                    ChatClient client =
                            context.getBean(ChatClient.Builder.class).build();
                    client.prompt("Book a room.")
                            .tools(context.getBean(TravelTools.class))
                            .call()
                            .content();

                    assertThat(model.answer()).contains("\"status\":\"completed\"");
                    assertThat(context.getBean(ToolRegistry.class).find("mcp_search"))
                            .isPresent();
                });
    }

    @Test
    void closesTheHandleWhenAStreamEndsAsShown() {
        ScriptedModel model = ScriptedModel.asking(toolCall("call_1", "find_hotels", "{\"city\":\"Lyon\"}"))
                .thenAsking(toolCall("call_2", "find_hotels", "{\"city\":\"Nice\"}"));
        ConversationGuards guards = ConversationGuards.builder().capacity(1).build();
        TravelTools tools = new TravelTools();
        ToolGuard guard = TestGuards.guard(GuardedTools.registry(new HotelTools()), new RecordingAuthority());
        StreamingAgent agent = new StreamingAgent(ReadmeSnippets.builtByHand(model, guards), guards, tools);

        assertThat(agent.stream("Hotels?", guard).collectList().block()).contains("done");

        assertThat(guards.open(guard)).as("the only place is free again").isNotNull();
    }

    @Test
    void guardsAClientWithTheAdvisorAsShown() {
        ScriptedModel model = ScriptedModel.asking(BOOKING);

        ReadmeSnippets.withAdvisor(model, ConversationGuards.create())
                .prompt("Book a room.")
                .tools(new TravelTools())
                .call()
                .content();

        assertThat(model.answer()).contains("guard.missing");
    }

    private static String readme() throws IOException {
        return Files.readString(MODULE.resolve("README.md"));
    }

    private static String name(JsonValue property) {
        return ((JsonObject) property).string("name").orElseThrow();
    }

    /** The text without white space and without what the surrounding class adds. */
    private static String squeezed(String java) {
        return java.replace("static class", "class").replace("@Nullable", "").replaceAll("\\s+", "");
    }
}
