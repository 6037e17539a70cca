package ai.paybond.kit.springai;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.ReactiveUserDetailsService;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Mono;

/** Each user's agent under its own capability, in a reactive application over real HTTP. */
class ReactiveCallersTest {

    private static WebApplication application;

    @BeforeAll
    static void start() {
        application = WebApplication.start(
                WebApplicationType.REACTIVE,
                Secured.class,
                "paybond.web.capability-from=principal",
                "paybond.approvals.enabled=true",
                "paybond.approvals.role=APPROVER");
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
        SecurityWebFilterChain security(ServerHttpSecurity http) {
            return http.authorizeExchange(requests -> requests.anyExchange().authenticated())
                    .httpBasic(Customizer.withDefaults())
                    .csrf(ServerHttpSecurity.CsrfSpec::disable)
                    .build();
        }

        @Bean
        ReactiveUserDetailsService users() {
            return name -> Mono.just(new AgentUser(name));
        }
    }

    private static WebTestClient.ResponseSpec get(String path, String user) {
        return WebTestClient.bindToServer()
                .baseUrl(application.url("").toString())
                .build()
                .get()
                .uri(path)
                .headers(headers -> headers.setBasicAuth(user, "secret"))
                .exchange();
    }

    private static String body(String path, String user) {
        return get(path, user)
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
    }

    @Test
    void worksUnderTheCapabilityOfTheUserWhoAsks() {
        RecordingAuthority authority = application.bean(RecordingAuthority.class);
        for (String user : new String[] {"ann", "bob"}) {
            assertThat(body("/stream", user)).contains("booked for 500");
            assertThat(authority.requests().get(authority.requests().size() - 1))
                    .satisfies(request -> {
                        assertThat(request.intentId()).isEqualTo(AgentUser.INTENTS.get(user));
                        assertThat(request.agent().subject()).isEqualTo(user);
                    });
        }
        assertThat(application.bean(WebApplication.Desk.class).threads)
                .allSatisfy(thread -> assertThat(thread).startsWith("boundedElastic"));
    }

    @Test
    void runsNoToolForAUserWithoutACapability() {
        assertThat(body("/stream", "carl")).contains("tool.not_attached");
        assertThat(application.bean(WebApplication.Desk.class).booked).isEmpty();
    }

    @Test
    void runsNoToolInABlockingCallBecauseItHasNoReactorContext() {
        assertThat(body("/blocking", "ann")).contains("tool.not_attached");
        assertThat(application.bean(WebApplication.Desk.class).booked).isEmpty();
    }

    @Test
    void listsWaitingCallsToWhoeverMayApprove() {
        get("/paybond/approvals", "dave")
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .value(body -> assertThat(body).contains("\"waiting\":[]"));
    }
}
