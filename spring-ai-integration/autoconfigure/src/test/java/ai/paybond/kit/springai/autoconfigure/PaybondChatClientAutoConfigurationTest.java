package ai.paybond.kit.springai.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.springai.ConversationGuards;
import ai.paybond.kit.springai.GuardedChatClient;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mockito.Mockito;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.ToolCallingAdvisor;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.ai.model.tool.DefaultToolCallingManager;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** Chat clients that are beans, and how they were built. */
class PaybondChatClientAutoConfigurationTest {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ToolCallingAutoConfiguration.class,
                    ChatClientAutoConfiguration.class,
                    PaybondAutoConfiguration.class,
                    PaybondChatClientAutoConfiguration.class))
            .withBean(ChatModel.class, PaybondChatClientAutoConfigurationTest::model)
            .withBean(ConversationGuards.class, ConversationGuards::create);

    private static ChatModel model() {
        ChatModel model = Mockito.mock(ChatModel.class);
        Mockito.when(model.getOptions())
                .thenReturn(ToolCallingChatOptions.builder().build());
        return model;
    }

    private ApplicationContextRunner with(Function<ApplicationContext, ChatClient> make) {
        return application.withInitializer(context -> ((GenericApplicationContext) context)
                .registerBean("mine", ChatClient.class, () -> make.apply(context)));
    }

    /** Builders that run tools without a guard. */
    enum Unguarded {
        CREATED(context -> ChatClient.create(context.getBean(ChatModel.class))),
        BUILT(context -> ChatClient.builder(context.getBean(ChatModel.class)).build()),
        BARE_ADVISOR(context -> context.getBean(ChatClient.Builder.class)
                .defaultAdvisors(ToolCallingAdvisor.builder().build())
                .build()),
        OWN_MANAGER(context -> context.getBean(ChatClient.Builder.class)
                .defaultAdvisors(ToolCallingAdvisor.builder()
                        .toolCallingManager(DefaultToolCallingManager.builder().build())
                        .build())
                .build()),
        OTHER_MAKE(context -> Mockito.mock(ChatClient.class));

        private final Function<ApplicationContext, ChatClient> make;

        Unguarded(Function<ApplicationContext, ChatClient> make) {
            this.make = make;
        }
    }

    /** Builders that are guarded. */
    enum Guarded {
        AUTO_CONFIGURED(context -> context.getBean(ChatClient.Builder.class).build()),
        BY_HAND(context -> GuardedChatClient.builder(
                        context.getBean(ChatModel.class), context.getBean(ConversationGuards.class))
                .build()),
        WITH_ADVISOR(context -> ChatClient.builder(context.getBean(ChatModel.class))
                .defaultAdvisors(GuardedChatClient.advisor(context.getBean(ConversationGuards.class)))
                .build());

        private final Function<ApplicationContext, ChatClient> make;

        Guarded(Function<ApplicationContext, ChatClient> make) {
            this.make = make;
        }
    }

    @ParameterizedTest
    @EnumSource
    void stopsTheStartForAChatClientThatNobodyGuards(Unguarded client) {
        with(client.make).run(context -> assertThat(context)
                .getFailure()
                .isInstanceOfSatisfying(
                        ConfigurationException.class, e -> assertThat(e.code()).isEqualTo("chat_client.unguarded"))
                .hasMessageContaining("mine"));
    }

    @ParameterizedTest
    @EnumSource
    void startsWithAGuardedChatClient(Guarded client) {
        with(client.make).run(context -> assertThat(context).hasNotFailed().hasBean("mine"));
    }

    @Test
    void onlyWarnsWhenTheApplicationIsNotStrict() {
        with(Unguarded.CREATED.make).withPropertyValues("paybond.strict=false").run(context -> assertThat(context)
                .hasNotFailed());
    }
}
