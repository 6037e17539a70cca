package ai.paybond.kit.springai;

import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.guard.CapabilityBinding;
import ai.paybond.kit.springai.web.CapabilityHolder;
import ai.paybond.kit.wire.json.JsonObject;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.net.http.HttpResponse;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/**
 * Starts an application of each type, asks it as nobody and as somebody whom the container knows, and prints the answers. Run by
 * {@link WithoutSpringSecurityTest} in a process that has no Spring Security.
 */
final class UnsecuredApplication {
    private static final String USER = "X-Container-User";

    private UnsecuredApplication() {}

    public static void main(String[] types) throws Exception {
        JsonObject.Builder answers = JsonObject.builder();
        for (String type : types) {
            answers.put(type, JsonObject.of(answersOf(type)));
        }
        System.out.println(answers.build().toJson());
    }

    private static Map<String, String> answersOf(String type) throws Exception {
        try (WebApplication application = WebApplication.start(
                WebApplicationType.valueOf(type),
                Container.class,
                "paybond.web.capability-from=principal",
                "paybond.approvals.enabled=true",
                "paybond.approvals.role=APPROVER")) {
            Map<String, String> answers = new LinkedHashMap<>();
            answers.put("nobody calls", as(null, application, "/stream"));
            answers.put("nobody lists", as(null, application, "/paybond/approvals"));
            answers.put(
                    "ran for nobody",
                    application.bean(WebApplication.Desk.class).booked.toString());
            answers.put("ann calls", as("ann", application, "/stream"));
            answers.put("ann splurges", as("ann", application, "/stream?says=Splurge&in=d"));
            answers.put("ann lists", as("ann", application, "/paybond/approvals"));
            answers.put(
                    "ran", application.bean(WebApplication.Desk.class).booked.toString());
            return answers;
        }
    }

    private static String as(String user, WebApplication application, String path) throws Exception {
        HttpResponse<String> answer =
                application.send(path, request -> user == null ? request : request.header(USER, user));
        return answer.statusCode() + " " + answer.body();
    }

    /** Whom a container has let in by its own means. */
    private record Member(String getName) implements Principal, CapabilityHolder {
        @Override
        public CapabilityBinding capability() {
            return new CapabilityBinding(
                    "3f0e0b6c-6f0f-4f0e-9a51-0d7d2f8b5a10", CapabilityToken.of(TestGuards.TOKEN), "usd");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Container {
        @Bean
        @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
        Filter container() {
            return (request, response, chain) -> {
                String user = ((HttpServletRequest) request).getHeader(USER);
                chain.doFilter(user == null ? request : new Known((HttpServletRequest) request, user), response);
            };
        }

        @Bean
        @Primary
        ChatModel cheapOrNot() {
            return new ByMood();
        }
    }

    private static final class Known extends HttpServletRequestWrapper {
        private final Principal user;

        Known(HttpServletRequest request, String user) {
            super(request);
            this.user = new Member(user);
        }

        @Override
        public Principal getUserPrincipal() {
            return user;
        }
    }

    /** Books for more than the tool may spend unasked once it is told to. */
    private static final class ByMood implements ChatModel {
        private final OneCallModel cheap = new OneCallModel("{\"cents\":500}");
        private final OneCallModel dear = new OneCallModel("{\"cents\":5000}");

        @Override
        public ChatResponse call(Prompt prompt) {
            return of(prompt).call(prompt);
        }

        @Override
        public reactor.core.publisher.Flux<ChatResponse> stream(Prompt prompt) {
            return of(prompt).stream(prompt);
        }

        private OneCallModel of(Prompt prompt) {
            UserMessage asked = prompt.getUserMessage();
            return asked.getText().contains("Splurge") ? dear : cheap;
        }

        @Override
        public ChatOptions getOptions() {
            return cheap.getOptions();
        }
    }
}
