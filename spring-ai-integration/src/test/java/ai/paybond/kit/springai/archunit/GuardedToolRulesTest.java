package ai.paybond.kit.springai.archunit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.springai.CapabilityToolCallingManager;
import ai.paybond.kit.springai.GuardResolver;
import ai.paybond.kit.springai.GuardedChatClient;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.ToolCallingAdvisor;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.model.tool.DefaultToolCallingManager;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.context.annotation.Bean;

/** The shipped rule over code that breaks it and code that does not. */
class GuardedToolRulesTest {

    @ParameterizedTest
    @ValueSource(
            classes = {
                Creates.class,
                CreatesByReference.class,
                Builds.class,
                BareAdvisor.class,
                OwnManager.class,
                OwnDefaultManager.class,
                BeanOfAnotherKind.class
            })
    void breaksOnCodeThatGetsAroundTheGuard(Class<?> code) {
        JavaClasses classes = new ClassFileImporter().importClasses(code);

        assertThatThrownBy(() -> GuardedToolRules.TOOLS_RUN_GUARDED.check(classes))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(code.getName())
                .hasMessageContaining("; use ");
    }

    @Test
    void namesTheCallAndWhatToUseInstead() {
        JavaClasses classes = new ClassFileImporter().importClasses(Creates.class);

        assertThat(GuardedToolRules.TOOLS_RUN_GUARDED
                        .evaluate(classes)
                        .getFailureReport()
                        .getDetails())
                .singleElement()
                .asString()
                .contains("ChatClient.create(", "use GuardedChatClient.builder");
    }

    @Test
    void passesCodeThatIsGuarded() {
        GuardedToolRules.TOOLS_RUN_GUARDED.check(new ClassFileImporter().importClasses(Clean.class));
    }

    static final class Creates {
        ChatClient client(ChatModel model) {
            return ChatClient.create(model);
        }
    }

    static final class CreatesByReference {
        Function<ChatModel, ChatClient> clients() {
            return ChatClient::create;
        }
    }

    static final class Builds {
        ChatClient client(ChatModel model) {
            return ChatClient.builder(model).build();
        }
    }

    static final class BareAdvisor {
        ToolCallingAdvisor advisor() {
            return ToolCallingAdvisor.builder().build();
        }
    }

    static final class OwnManager {
        ToolCallingManager manager() {
            return ToolCallingManager.builder().build();
        }
    }

    static final class OwnDefaultManager {
        ToolCallingManager manager() {
            return DefaultToolCallingManager.builder().build();
        }
    }

    static final class BeanOfAnotherKind {
        @Bean
        ChatClient client(ChatModel model) {
            return ChatClient.create(model);
        }
    }

    static final class Clean {
        ChatClient byHand(ChatModel model, GuardResolver guards) {
            return GuardedChatClient.builder(model, guards).build();
        }

        ChatClient fromElsewhere(ChatClient.Builder builder) {
            return builder.build();
        }

        ChatClient withTheAdvisor(ChatModel model, GuardResolver guards) {
            return ChatClient.builder(model)
                    .defaultAdvisors(GuardedChatClient.advisor(guards))
                    .build();
        }

        ToolCallingAdvisor advisorWithManager(ToolCallingManager bean) {
            return ToolCallingAdvisor.builder().toolCallingManager(bean).build();
        }

        ToolCallingManager guardedByHand(GuardResolver guards) {
            return CapabilityToolCallingManager.guard(
                    ToolCallingManager.builder().build(), guards);
        }

        @Bean
        ToolCallingManager bean() {
            return ToolCallingManager.builder().maxTotalToolCalls(3).build();
        }
    }
}
