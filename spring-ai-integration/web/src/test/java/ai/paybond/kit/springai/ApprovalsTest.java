package ai.paybond.kit.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.springai.web.approvals.HeldCallListener;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;

/** Calls that wait for a person, answered over real HTTP. */
class ApprovalsTest {

    private static final String WHERE = "/paybond/approvals";
    private static final String CSRF = "2f1c7a6e-0f55-4f9b-8d6b-2f6f0c8d3b11";

    private static WebApplication application;

    @BeforeAll
    static void start() {
        application = WebApplication.start(
                WebApplicationType.SERVLET,
                Secured.class,
                "paybond.web.capability-from=principal",
                "paybond.approvals.enabled=true",
                "paybond.approvals.role=APPROVER");
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void clear() throws Exception {
        for (JsonObject waiting : waiting("dave")) {
            answer("reject", waiting, ",\"reason\":\"cleared\"");
        }
        desk().booked.clear();
        application.bean(Told.class).all.clear();
        application.bean(ChatMemory.class).clear("c");
    }

    private static WebApplication.Desk desk() {
        return application.bean(WebApplication.Desk.class);
    }

    /** What the application is told, to go on with its conversations. */
    static final class Told {
        final List<String> all = Collections.synchronizedList(new ArrayList<>());
    }

    @Configuration(proxyBeanMethods = false)
    static class Secured {
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
            return AgentUser::new;
        }

        @Bean
        @Primary
        ChatModel expensive() {
            return new OneCallModel("{\"cents\":5000}");
        }

        @Bean
        Told told() {
            return new Told();
        }

        @Bean
        HeldCallListener remember(Told told, ChatMemory memory) {
            return (approver, call, resumed) -> {
                told.all.add(approver.name() + " for " + call.owner() + ": " + resumed.text());
                resumed.addTo(memory, "c");
            };
        }
    }

    private static List<JsonObject> waiting(String user) throws Exception {
        HttpResponse<String> response = application.get(WHERE, user);
        assertThat(response.statusCode()).isEqualTo(200);
        JsonArray waiting = JsonObject.parse(response.body()).array("waiting").orElseThrow();
        return waiting.items().stream().map(JsonObject.class::cast).toList();
    }

    private static JsonObject held() throws Exception {
        application.get("/call", "ann");
        List<JsonObject> waiting = waiting("dave");
        assertThat(waiting).hasSize(1);
        return waiting.get(0);
    }

    private static HttpResponse<String> answer(String how, JsonObject call, String more) throws Exception {
        return answer("dave", how, call, call.string("arguments_digest").orElseThrow(), more);
    }

    private static HttpResponse<String> answer(String user, String how, JsonObject call, String digest, String more)
            throws Exception {
        String body = "{\"intent_id\":\"" + call.string("intent_id").orElseThrow() + "\",\"call_id\":\""
                + call.string("call_id").orElseThrow() + "\",\"arguments_digest\":\"" + digest + "\"" + more + "}";
        return application.post(WHERE + "/" + how, user, body, "Cookie", "XSRF-TOKEN=" + CSRF, "X-XSRF-TOKEN", CSRF);
    }

    @Test
    void showsWhatWouldBeDoneAndRunsItOnceItIsApproved() throws Exception {
        JsonObject call = held();

        assertThat(desk().booked).isEmpty();
        assertThat(call.string("tool")).contains("book");
        assertThat(call.string("owner")).contains("ann");
        assertThat(call.integer("spend_cents")).hasValue(5000L);
        assertThat(call.object("arguments").orElseThrow().integer("cents")).hasValue(5000L);

        HttpResponse<String> approved = answer("approve", call, "");

        assertThat(approved.statusCode()).isEqualTo(200);
        assertThat(JsonObject.parse(approved.body()).string("state")).contains("delivered");
        assertThat(desk().booked).containsExactly("book 5000");
        assertThat(answer("approve", call, "").statusCode()).as("once").isEqualTo(404);
        assertThat(desk().booked).hasSize(1);
        assertThat(waiting("dave")).isEmpty();
    }

    @Test
    void goesOnWithTheConversation() throws Exception {
        answer("approve", held(), "");

        String reply = application.get("/call?says=Go%20on", "ann").body();

        assertThat(application.bean(Told.class).all).containsExactly("dave for ann: \"booked for 5000\"");
        assertThat(reply).contains("I was told:", "booked for 5000");
    }

    @Test
    void rejectsForGoodAndTellsTheReason() throws Exception {
        JsonObject call = held();

        HttpResponse<String> rejected = answer("reject", call, ",\"reason\":\"too dear\"");

        assertThat(rejected.statusCode()).isEqualTo(200);
        assertThat(JsonObject.parse(rejected.body()).string("code")).contains("approval.rejected");
        assertThat(desk().booked).isEmpty();
        assertThat(application.bean(Told.class).all)
                .singleElement()
                .asString()
                .contains("approval.rejected", "too dear");
        assertThat(answer("approve", call, "").statusCode()).isEqualTo(404);
    }

    @Test
    void runsTheArgumentsThatThePersonWrote() throws Exception {
        HttpResponse<String> edited = answer("edit", held(), ",\"arguments\":{\"cents\":700}");

        assertThat(edited.statusCode()).isEqualTo(200);
        assertThat(desk().booked).containsExactly("book 700");
    }

    @Test
    void takesNoAnswerToOtherArgumentsThanThoseThatWait() throws Exception {
        HttpResponse<String> stale = answer("dave", "approve", held(), "00".repeat(32), "");

        assertThat(stale.statusCode()).isEqualTo(409);
        assertThat(stale.body()).contains("approval.stale");
        assertThat(desk().booked).isEmpty();
        assertThat(waiting("dave")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann", "bob"})
    void showsNothingToAndTakesNothingFromWhoeverMayNotApprove(String user) throws Exception {
        JsonObject call = held();

        assertThat(waiting(user)).isEmpty();
        HttpResponse<String> refused =
                answer(user, "approve", call, call.string("arguments_digest").orElseThrow(), "");

        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(refused.body()).contains("approval.not_found");
        assertThat(desk().booked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"intent_id\":1}", "{\"intent_id\":\"a\",\"call_id\":\"b\"}", "{"})
    void refusesABodyThatIsNoAnswer(String body) throws Exception {
        HttpResponse<String> refused = application.post(
                WHERE + "/approve", "dave", body, "Cookie", "XSRF-TOKEN=" + CSRF, "X-XSRF-TOKEN", CSRF);

        assertThat(refused.statusCode()).isEqualTo(400);
    }

    @Test
    void needsAReasonToRejectAndArgumentsToEdit() throws Exception {
        JsonObject call = held();

        assertThat(answer("reject", call, "").statusCode()).isEqualTo(400);
        assertThat(answer("edit", call, "").statusCode()).isEqualTo(400);
        assertThat(waiting("dave")).hasSize(1);
    }

    @Test
    void leavesForgedRequestsToSpringSecurityAndTakesNoForms() throws Exception {
        JsonObject call = held();
        String body = call.toJson();

        assertThat(application.post(WHERE + "/approve", "dave", body).statusCode())
                .as("without the token; the refusal's error page asks who is there")
                .isIn(401, 403);
        HttpResponse<String> form = application.send(WHERE + "/approve", request -> WebApplication.as("dave", request)
                .header("Content-Type", "text/plain")
                .header("Cookie", "XSRF-TOKEN=" + CSRF)
                .header("X-XSRF-TOKEN", CSRF)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        assertThat(form.statusCode()).isEqualTo(415);
        assertThat(desk().booked).isEmpty();
        assertThat(waiting("dave")).hasSize(1);
    }

    @Test
    void asksWhoTheApproverIs() throws Exception {
        assertThat(application.send(WHERE, request -> request.GET()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void isOffByDefault() throws Exception {
        try (WebApplication quiet = WebApplication.start(
                WebApplicationType.SERVLET, Secured.class, "paybond.web.capability-from=principal")) {
            assertThat(quiet.get(WHERE, "dave").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void doesNotStartWhenNobodySaysWhoMayApprove() {
        assertThatThrownBy(() -> WebApplication.start(
                        WebApplicationType.SERVLET,
                        Secured.class,
                        "paybond.web.capability-from=principal",
                        "paybond.approvals.enabled=true"))
                .rootCause()
                .isInstanceOfSatisfying(ConfigurationException.class, e -> assertThat(e.code())
                        .isEqualTo("approvals.authorization_missing"));
    }
}
