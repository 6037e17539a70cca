package ai.paybond.kit.examples.approvals;

import ai.paybond.kit.Paybond;
import ai.paybond.kit.guard.CapabilityBinding;
import ai.paybond.kit.harbor.BootstrapRequest;
import ai.paybond.kit.harbor.SandboxRun;
import ai.paybond.kit.springai.web.CallerCapability;
import ai.paybond.kit.springai.web.approvals.HeldCallListener;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;

/**
 * Ann talks to an agent; Dave approves what it wants to spend. Both are served by one page, in a sandbox, with a model that is
 * scripted: open the address that is printed, as {@code ann} or as {@code dave}, whose passwords are their names.
 *
 * <p>What an application of yours would change: the model, the users, and where a user's capability comes from.
 */
@SpringBootApplication
public class ApprovalsApplication {

    private static final String OPERATION = "travel.book_hotel";
    private static final long BUDGET_CENTS = 100_000;

    /** Starts the application on the port that {@code --server.port} names, or on 8080. */
    public static void main(String[] arguments) {
        start(arguments);
    }

    static ConfigurableApplicationContext start(String... arguments) {
        return new SpringApplicationBuilder(ApprovalsApplication.class)
                .properties(
                        "server.address=127.0.0.1",
                        "paybond.sandbox.enabled=true",
                        "paybond.journal.type=memory",
                        "paybond.approvals.enabled=true",
                        "paybond.approvals.role=APPROVER")
                .run(arguments);
    }

    /** An intent for each user who travels; an application of yours has them in its database. */
    @Bean
    CallerCapability capabilities(ObjectProvider<Paybond> paybond) {
        Map<String, CapabilityBinding> intents = new ConcurrentHashMap<>();
        return caller -> "ann".equals(caller.name())
                ? intents.computeIfAbsent("ann", name -> newIntent(paybond.getObject()))
                : null;
    }

    private static CapabilityBinding newIntent(Paybond paybond) {
        SandboxRun run = paybond.guardrails().bootstrap(BootstrapRequest.of(OPERATION, BUDGET_CENTS));
        return new CapabilityBinding(run.intentId(), run.capabilityToken(), "usd");
    }

    @Bean
    HotelTools hotelTools() {
        return new HotelTools();
    }

    @Bean
    ChatModel model() {
        return new ScriptedTravelModel();
    }

    @Bean
    ChatMemory memory() {
        return MessageWindowChatMemory.builder().build();
    }

    /** Puts what became of a call into its conversation, which here is named like its user. */
    @Bean
    HeldCallListener conversations(ChatMemory memory) {
        return (approver, call, resumed) -> {
            String owner = call.owner();
            if (owner != null) {
                resumed.addTo(memory, owner);
            }
        };
    }

    @Bean
    SecurityFilterChain security(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .httpBasic(Customizer.withDefaults())
                .csrf(csrf -> csrf.csrfTokenRepository(CookieCsrfTokenRepository.withHttpOnlyFalse())
                        .csrfTokenRequestHandler(new CsrfTokenRequestAttributeHandler()))
                .build();
    }

    @Bean
    UserDetailsService users() {
        return new InMemoryUserDetailsManager(
                User.withUsername("ann")
                        .password("{noop}ann")
                        .roles("TRAVELLER")
                        .build(),
                User.withUsername("dave")
                        .password("{noop}dave")
                        .roles("APPROVER")
                        .build());
    }
}
