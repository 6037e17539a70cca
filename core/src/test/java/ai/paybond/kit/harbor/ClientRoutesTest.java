package ai.paybond.kit.harbor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.a2a.A2aClient;
import ai.paybond.kit.audit.AuditClient;
import ai.paybond.kit.fraud.FraudClient;
import ai.paybond.kit.internal.http.ScriptedMachine;
import ai.paybond.kit.internal.http.ScriptedServer;
import ai.paybond.kit.internal.platform.Route;
import ai.paybond.kit.protocol.ProtocolClient;
import ai.paybond.kit.run.AgentRunClient;
import ai.paybond.kit.sandbox.RouteEntry;
import ai.paybond.kit.sandbox.Sandbox;
import ai.paybond.kit.signal.SignalClient;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The clients' routes, as they declare them, held against the sandbox's router and against docs/clients.md. */
class ClientRoutesTest {
    private static final Path PAGE = Path.of("..", "docs", "clients.md");
    private static final List<Class<?>> CLIENTS = List.of(
            HarborClient.class,
            Intents.class,
            SandboxGuardrails.class,
            Approvals.class,
            Policies.class,
            SpendPreflight.class,
            SpendControls.class,
            SignalClient.class,
            FraudClient.class,
            A2aClient.class,
            ProtocolClient.class,
            AgentRunClient.class,
            AuditClient.class,
            DeviceLogin.class);

    /** Methods of clients that send nothing. */
    private static final Set<String> SILENT = Set.of("tenantId", "scoreVersion", "sign", "at", "close");

    /** Made when a session is opened, by downloads and by logins, whose own tests see to them. */
    private static final Set<Route> ELSEWHERE = EnumSet.of(
            Route.HARBOR_ACCESS, Route.PRINCIPAL, Route.AUDIT_BUNDLE, Route.DEVICE_START, Route.DEVICE_TOKEN);

    /** One row of the page's first table. */
    private record Row(String call, Route route, String request, String repeated) {
        private static final Pattern FORM =
                Pattern.compile("\\| `([^`]+)` \\| `([A-Z0-9_]+)` \\| `([^`]+)` \\| ([^|]+) \\|");

        static List<Row> all() throws IOException {
            return Files.readAllLines(PAGE).stream()
                    .map(FORM::matcher)
                    .filter(Matcher::matches)
                    .map(row -> new Row(row.group(1), Route.valueOf(row.group(2)), row.group(3), row.group(4)))
                    .toList();
        }
    }

    /** Rows of the page's second table: method and path of a route that the sandbox serves and no client calls. */
    private static Set<String> uncalledRoutesOnThePage() throws IOException {
        Pattern row = Pattern.compile("\\| `([A-Z]+ /[^`]*)` \\| .*\\S.* \\|");
        return Files.readAllLines(PAGE).stream()
                .map(row::matcher)
                .filter(Matcher::matches)
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> served() {
        try (Sandbox sandbox = Sandbox.start()) {
            return sandbox.routes().stream().map(ClientRoutesTest::line).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static String line(RouteEntry entry) {
        return entry.method() + " " + shape(entry.path());
    }

    /** Parameters have names, which clients and sandbox need not share. */
    private static String shape(String template) {
        return template.replaceAll("\\{[^}]*}", "{}");
    }

    private static String request(Route route) {
        return route.method() + " " + route.gatewayTemplate();
    }

    private static String repeated(Route route) {
        return switch (route.repeat()) {
            case FREELY -> route.isKeyed() ? "by key" : "freely";
            case IF_REFUSED -> "after 429";
            case NEVER -> "never";
        };
    }

    @Test
    void noClientCallsWhatTheSandboxDoesNotServe() {
        Set<String> served = served();

        for (Route route : Route.values()) {
            assertThat(served).contains(route.method() + " " + shape(route.gatewayTemplate()));
            if (route.isOfHarbor()) {
                assertThat(served).contains(route.method() + " " + shape(route.template()));
            }
        }
    }

    @Test
    void everyOtherRouteOfTheSandboxIsOnThePageWithAReason() throws IOException {
        Set<String> called = Stream.of(Route.values())
                .map(route -> route.method() + " " + shape(route.template()))
                .collect(Collectors.toSet());
        Set<String> uncalled = served().stream()
                .filter(line -> !line.contains(" /harbor/") && !called.contains(line))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(uncalledRoutesOnThePage().stream()
                        .map(ClientRoutesTest::shape)
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(uncalled);
    }

    /** Whoever adds a call tries it against every bad reply, too. */
    @Test
    void everyRouteHasAnOperation() {
        Set<Route> tried = Stream.of(Operation.values()).map(Operation::route).collect(Collectors.toSet());
        tried.addAll(ELSEWHERE);

        assertThat(tried).containsExactlyInAnyOrder(Route.values());
    }

    @ParameterizedTest
    @EnumSource
    void anOperationTakesItsRoute(Operation operation) {
        try (ScriptedServer server = new ScriptedServer();
                HarborSession session = TestSessions.gateway(server, new ScriptedMachine())) {
            server.answer(200, operation.goodReply().toJson());
            operation.run(session);
            RecordedRequest sent = server.next();

            String path = sent.getTarget().replaceFirst("\\?.*", "");
            assertThat(sent.getMethod()).isEqualTo(operation.route().method());
            assertThat(path).matches(operation.route().gatewayTemplate().replaceAll("\\{[^}]*}", "[^/]+"));
            assertThat(sent.getHeaders().get("idempotency-key") != null)
                    .isEqualTo(operation.route().isKeyed());
        }
    }

    @Test
    void thePageSaysWhatTheRoutesSay() throws IOException {
        List<Row> rows = Row.all();

        assertThat(rows).allSatisfy(row -> {
            assertThat(row.request()).as(row.call()).isEqualTo(request(row.route()));
            assertThat(row.repeated()).as(row.call()).isEqualTo(repeated(row.route()));
        });
        assertThat(rows).extracting(Row::route).contains(Route.values());
    }

    @Test
    void thePageNamesEveryCallOfEveryClient() throws IOException {
        Set<String> calls = CLIENTS.stream()
                .flatMap(client -> Arrays.stream(client.getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .map(Method::getName)
                        .filter(name -> !SILENT.contains(name))
                        .map(name -> client.getSimpleName() + "#" + name))
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> named = Row.all().stream()
                .map(Row::call)
                .filter(call -> !call.startsWith("Paybond#"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).containsExactlyElementsOf(calls);
    }
}
