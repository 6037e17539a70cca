package ai.paybond.kit.springai;

import static ai.paybond.kit.springai.ScriptedModel.toolCall;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.springai.GuardedTurnTest.Mode;
import ai.paybond.kit.springai.autoconfigure.PaybondAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.ai.tool.method.MethodToolCallbackProvider;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Whole turns of the chat client that Spring Boot builds. */
class AutoConfiguredTurnTest {

    private final RecordingAuthority authority = new RecordingAuthority();

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ToolCallingAutoConfiguration.class,
                    ChatClientAutoConfiguration.class,
                    PaybondAutoConfiguration.class))
            .withPropertyValues("paybond.strict=false")
            .withBean(HotelTools.class)
            .withBean(RecordingAuthority.class, () -> authority);

    private ApplicationContextRunner asking(ScriptedModel model) {
        return application.withBean(ChatModel.class, () -> model);
    }

    @ParameterizedTest
    @EnumSource
    void runsAllowedCallsOfTheFixedGuard(Mode mode) {
        ScriptedModel model = ScriptedModel.asking(toolCall("call_1", "book", "{\"city\":\"Paris\",\"cents\":5}"));

        asking(model).withUserConfiguration(FixedGuard.class).run(context -> {
            mode.ask(client(context).prompt("go").tools(context.getBean(HotelTools.class)));

            assertThat(context.getBean(HotelTools.class).ran).containsExactly("book Paris 5");
            assertThat(authority.callIds()).containsExactly("call_1");
        });
    }

    @ParameterizedTest
    @EnumSource
    void deniesACallOutsideAnyConversation(Mode mode) {
        ScriptedModel model = ScriptedModel.asking(toolCall("call_1", "list", "{}"));

        asking(model)
                .withBean(ConversationGuards.class, ConversationGuards::create)
                .run(context -> {
                    mode.ask(client(context).prompt("go").tools(context.getBean(HotelTools.class)));

                    assertThat(context.getBean(HotelTools.class).ran).isEmpty();
                    assertThat(model.answer()).contains("guard.missing");
                });
    }

    @ParameterizedTest
    @EnumSource
    void runsEachConversationUnderItsOwnGuard(Mode mode) {
        ScriptedModel model = ScriptedModel.asking(toolCall("call_1", "list", "{}"));

        asking(model)
                .withBean(ConversationGuards.class, ConversationGuards::create)
                .run(context -> {
                    HotelTools tools = context.getBean(HotelTools.class);
                    ToolGuard guard = TestGuards.guard(context.getBean(ToolRegistry.class), authority);
                    try (GuardHandle conversation =
                            context.getBean(ConversationGuards.class).open(guard)) {
                        mode.ask(client(context).prompt("go").tools(tools).toolContext(conversation.toolContext()));
                    }

                    assertThat(tools.ran).containsExactly("list null");
                });
    }

    @Test
    void deniesAToolThatOnlyTheFallbackKnowsWhileTheFallbackIsOff() {
        ScriptedModel model = ScriptedModel.asking(toolCall("call_1", "list", "{}"));

        asking(model)
                .withUserConfiguration(FixedGuard.class, ProviderBean.class)
                .run(context -> {
                    client(context).prompt("go").call().content();

                    assertThat(model.answer()).contains("tool.not_attached");
                    assertThat(authority.requests()).isEmpty();
                });
    }

    @Test
    void guardsAToolThatTheFallbackFinds() {
        ScriptedModel model = ScriptedModel.asking(toolCall("call_1", "list", "{}"), toolCall("call_2", "list", "{}"));
        authority.refusing("call_2");

        asking(model)
                .withUserConfiguration(FixedGuard.class, ProviderBean.class)
                .withPropertyValues("spring.ai.tools.resolution.fallback.enabled=true")
                .run(context -> {
                    client(context).prompt("go").call().content();

                    assertThat(context.getBean(HotelTools.class).ran).containsExactly("list null");
                    assertThat(authority.callIds()).containsExactly("call_1", "call_2");
                    assertThat(model.answers().get(1).responseData()).contains("budget_exceeded");
                });
    }

    @Test
    void guardsToolBeansEvenInAClientThatIsBuiltByHand() {
        ScriptedModel model = ScriptedModel.asking(toolCall("call_1", "list", "{}"));

        asking(model)
                .withBean(ConversationGuards.class, ConversationGuards::create)
                .withUserConfiguration(ProviderBean.class)
                .run(context -> {
                    ToolCallbackProvider provider = context.getBean(ToolCallbackProvider.class);
                    ChatClient.create(model).prompt("go").tools(provider).call().content();

                    assertThat(context.getBean(HotelTools.class).ran).isEmpty();
                    assertThat(model.answer()).contains("guard.missing");
                });
    }

    @Test
    void deniesWhenTwoFixedGuardsCompete() {
        ScriptedModel model = ScriptedModel.asking(toolCall("call_1", "list", "{}"));

        asking(model)
                .withUserConfiguration(FixedGuard.class)
                .withBean("second", ToolGuard.class, () -> TestGuards.guard(new HotelTools(), authority))
                .run(context -> {
                    client(context)
                            .prompt("go")
                            .tools(context.getBean(HotelTools.class))
                            .call()
                            .content();

                    assertThat(model.answer()).contains("guard.missing");
                    assertThat(authority.requests()).isEmpty();
                });
    }

    private static ChatClient client(ApplicationContext context) {
        return context.getBean(ChatClient.Builder.class).build();
    }

    @Configuration(proxyBeanMethods = false)
    static class FixedGuard {
        @Bean
        ToolGuard guard(ToolRegistry tools, RecordingAuthority authority) {
            return TestGuards.guard(tools, authority);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ProviderBean {
        @Bean
        ToolCallbackProvider hotelProvider(HotelTools tools) {
            return MethodToolCallbackProvider.builder().toolObjects(tools).build();
        }
    }
}
