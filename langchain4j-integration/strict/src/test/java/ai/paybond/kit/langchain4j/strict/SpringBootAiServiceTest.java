package ai.paybond.kit.langchain4j.strict;

import static ai.paybond.kit.langchain4j.strict.Wallet.pay;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.langchain4j.GuardResolver;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.spring.AiService;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** {@code @AiService} of LangChain4j's Spring Boot starter, which hands every {@code @Tool} bean to every AI service. */
class SpringBootAiServiceTest {
    private final ScriptedModel model = ScriptedModel.calling(pay("c1", 100), pay("c2", 2_000));
    private final Budget budget = new Budget(1_000);

    /** Public, because the starter makes a bean of it. */
    @AiService
    public interface Assistant {
        String chat(String message);
    }

    @SpringBootApplication
    static class Application {}

    private void inApplication(Consumer<Assistant> use, Wallet wallet) {
        ApplicationContextInitializer<GenericApplicationContext> beans = context -> {
            context.registerBean("model", ChatModel.class, model::model);
            context.registerBean("wallet", Wallet.class, () -> wallet);
        };
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
                .bannerMode(Banner.Mode.OFF)
                .properties("logging.level.root=warn", "spring.main.register-shutdown-hook=false")
                .initializers(beans)
                .run()) {
            use.accept(context.getBean(Assistant.class));
        }
    }

    @Test
    void runsNoToolOfABeanWithoutAGuard() {
        Wallet wallet = new Wallet();

        inApplication(assistant -> assistant.chat("Pay"), wallet);

        assertThat(wallet.done).isEmpty();
        assertThat(model.results()).hasSize(2).allMatch(result -> result.text().contains("guard.missing"));
    }

    @Test
    void chargesWhatToolBeansSpend() {
        Wallet wallet = new Wallet();
        try (StrictGuards.Registration strict = StrictGuards.install(GuardResolver.fixed(budget.guard()))) {
            inApplication(assistant -> assistant.chat("Pay"), wallet);
        }

        assertThat(wallet.done).containsExactly("pay 100");
        assertThat(budget.charged).containsExactly(100L);
        assertThat(model.results().get(1).text()).contains("budget_exceeded");
    }
}
