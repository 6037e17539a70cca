package ai.paybond.kit.springai;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;

/** Each user's agent under its own capability, in a servlet application over real HTTP. */
class ServletCallersTest {

    private static WebApplication application;

    @BeforeAll
    static void start() {
        application = WebApplication.start(
                WebApplicationType.SERVLET, Secured.class, "paybond.web.capability-from=principal");
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @AfterEach
    void forget() {
        application.bean(WebApplication.Desk.class).booked.clear();
    }

    /** Every user has a password, and some have a capability. */
    @Configuration(proxyBeanMethods = false)
    static class Secured {
        @Bean
        SecurityFilterChain security(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .httpBasic(Customizer.withDefaults())
                    .build();
        }

        @Bean
        UserDetailsService users() {
            return AgentUser::new;
        }
    }

    private static RecordingAuthority authority() {
        return application.bean(RecordingAuthority.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/call", "/stream"})
    void worksUnderTheCapabilityOfTheUserWhoAsks(String path) throws Exception {
        for (String user : new String[] {"ann", "bob"}) {
            HttpResponse<String> answer = application.get(path, user);

            assertThat(answer.body()).contains("booked for 500");
            assertThat(authority().requests().get(authority().requests().size() - 1))
                    .satisfies(request -> {
                        assertThat(request.intentId()).isEqualTo(AgentUser.INTENTS.get(user));
                        assertThat(request.agent().subject()).isEqualTo(user);
                    });
        }
    }

    @Test
    void runsStreamedToolsWhereNoRequestIsBoundToTheThread() throws Exception {
        application.get("/stream", "ann");

        assertThat(application.bean(WebApplication.Desk.class).threads)
                .last()
                .asString()
                .startsWith("boundedElastic");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/call", "/stream"})
    void runsNoToolForAUserWithoutACapability(String path) throws Exception {
        HttpResponse<String> answer = application.get(path, "carl");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("tool.not_attached");
        assertThat(application.bean(WebApplication.Desk.class).booked).isEmpty();
    }

    @Test
    void leavesWhoMayAskToSpringSecurity() throws Exception {
        assertThat(application.send("/call", request -> request.GET()).statusCode())
                .isEqualTo(401);
        assertThat(application.bean(WebApplication.Desk.class).booked).isEmpty();
    }
}
