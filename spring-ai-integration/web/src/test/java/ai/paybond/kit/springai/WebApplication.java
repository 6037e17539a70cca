package ai.paybond.kit.springai;

import ai.paybond.kit.annotation.CapabilityGuarded;
import ai.paybond.kit.capability.CapabilityVerifier;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.springai.web.CallerCapability;
import ai.paybond.kit.springai.web.CallerGuards;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A web application with a chat, started on a port of its own. */
final class WebApplication implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();

    private WebApplication(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static WebApplication start(WebApplicationType type, Class<?> configuration, String... properties) {
        List<String> all =
                new ArrayList<>(List.of("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off"));
        all.addAll(List.of(properties));
        return new WebApplication(new SpringApplicationBuilder(configuration, Chat.class)
                .web(type)
                .properties(all.toArray(String[]::new))
                .run());
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path);
    }

    HttpResponse<String> get(String path, String user) throws IOException, InterruptedException {
        return send(path, request -> as(user, request).GET());
    }

    HttpResponse<String> post(String path, String user, String body, String... headers)
            throws IOException, InterruptedException {
        return send(path, request -> {
            as(user, request)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body));
            return headers.length == 0 ? request : request.headers(headers);
        });
    }

    HttpResponse<String> send(String path, UnaryOperator<HttpRequest.Builder> how)
            throws IOException, InterruptedException {
        return http.send(how.apply(HttpRequest.newBuilder(url(path))).build(), HttpResponse.BodyHandlers.ofString());
    }

    static HttpRequest.Builder as(String user, HttpRequest.Builder request) {
        String credentials = Base64.getEncoder().encodeToString((user + ":secret").getBytes(StandardCharsets.UTF_8));
        return request.header("Authorization", "Basic " + credentials);
    }

    @Override
    public void close() {
        context.close();
    }

    /** What every application of these tests has. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Chat {

        @Bean
        Desk desk() {
            return new Desk();
        }

        @Bean
        ChatModel model() {
            return new OneCallModel("{\"cents\":500}");
        }

        @Bean
        RecordingAuthority authority() {
            return new RecordingAuthority();
        }

        @Bean
        ConversationGuards conversations() {
            return ConversationGuards.create();
        }

        @Bean
        ChatMemory memory() {
            return MessageWindowChatMemory.builder().build();
        }

        @Bean
        CallerGuards callers(CallerCapability capabilities, ToolRegistry tools, RecordingAuthority authority) {
            return new CallerGuards(
                    capabilities,
                    binding ->
                            ToolGuard.builder(binding, tools, authority, CapabilityVerifier.remoteOnly(), "tenant-1"),
                    10);
        }

        @Bean
        ChatEndpoint chat(ChatClient.Builder builder, ChatMemory memory, Desk desk) {
            return new ChatEndpoint(builder, memory, desk);
        }
    }

    /** Tools that keep what they ran with and where. */
    public static class Desk {
        final List<String> booked = Collections.synchronizedList(new ArrayList<>());
        final List<String> threads = Collections.synchronizedList(new ArrayList<>());

        @Tool
        @CapabilityGuarded(spendFrom = "cents", approvalAboveCents = 1_000, withoutEvidence = true)
        public String book(long cents) {
            booked.add("book " + cents);
            threads.add(Thread.currentThread().getName());
            return "booked for " + cents;
        }
    }

    /** The chat as an application has it: it knows of no guard. */
    @RestController
    public static class ChatEndpoint {
        private final ChatClient client;
        private final Desk desk;

        ChatEndpoint(ChatClient.Builder builder, ChatMemory memory, Desk desk) {
            this.client = builder.defaultAdvisors(
                            MessageChatMemoryAdvisor.builder(memory).build())
                    .build();
            this.desk = desk;
        }

        private ChatClient.ChatClientRequestSpec request(String says, String conversation) {
            return client.prompt(says)
                    .tools(desk)
                    .advisors(spec -> spec.param(ChatMemory.CONVERSATION_ID, conversation));
        }

        @GetMapping("/call")
        public String call(
                @RequestParam(defaultValue = "Book") String says, @RequestParam(defaultValue = "c") String in) {
            return request(says, in).call().content();
        }

        @GetMapping("/stream")
        public Flux<String> stream(
                @RequestParam(defaultValue = "Book") String says, @RequestParam(defaultValue = "c") String in) {
            return request(says, in).stream().content();
        }

        @GetMapping("/blocking")
        public Mono<String> blocking() {
            return Mono.fromCallable(() -> request("Book", "c").call().content())
                    .subscribeOn(Schedulers.boundedElastic());
        }
    }
}
