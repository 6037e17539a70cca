package ai.paybond.kit.springai;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.springai.web.CallerCapability;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;

/** A capability that comes with the request, in a reactive application over real HTTP. */
class ReactiveHeaderTest {

    private static WebApplication application;

    @BeforeAll
    static void start() {
        application = WebApplication.start(
                WebApplicationType.REACTIVE, ReactiveCallersTest.Secured.class, "paybond.web.capability-from=header");
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    private static String stream(HttpHeaders capability) {
        return WebTestClient.bindToServer()
                .baseUrl(application.url("").toString())
                .build()
                .get()
                .uri("/stream")
                .headers(headers -> {
                    headers.setBasicAuth("ann", "secret");
                    headers.addAll(capability);
                })
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
    }

    @Test
    void worksUnderTheCapabilityOfTheRequest() {
        HttpHeaders capability = new HttpHeaders();
        capability.add(CallerCapability.INTENT_HEADER, AgentUser.INTENTS.get("bob"));
        capability.add(CallerCapability.CAPABILITY_HEADER, TestGuards.TOKEN);

        assertThat(stream(capability)).contains("booked for 500").doesNotContain(TestGuards.TOKEN);

        assertThat(application.bean(RecordingAuthority.class).requests()).last().satisfies(request -> {
            assertThat(request.intentId()).isEqualTo(AgentUser.INTENTS.get("bob"));
            assertThat(request.agent().subject()).isEqualTo("ann");
        });
    }

    @Test
    void runsNoToolForARequestWithoutOne() {
        assertThat(stream(new HttpHeaders())).contains("tool.not_attached");
    }
}
