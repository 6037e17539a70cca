package ai.paybond.kit.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.Paybond;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.annotation.AnnotatedTools;
import ai.paybond.kit.annotation.CapabilityGuarded;
import ai.paybond.kit.annotation.GuardedProxy;
import ai.paybond.kit.async.GuardExecutors;
import ai.paybond.kit.capability.Attenuation;
import ai.paybond.kit.capability.CapabilityRequest;
import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.capability.CapabilityVerdict;
import ai.paybond.kit.capability.CapabilityVerifier;
import ai.paybond.kit.evidence.EvidenceMapper;
import ai.paybond.kit.evidence.PayeeIdentity;
import ai.paybond.kit.guard.CapabilityBinding;
import ai.paybond.kit.guard.SpendRule;
import ai.paybond.kit.guard.ToolCall;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolOutcome;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.harbor.BootstrapRequest;
import ai.paybond.kit.harbor.CreatedIntent;
import ai.paybond.kit.harbor.IntentRequest;
import ai.paybond.kit.harbor.PrincipalIdentity;
import ai.paybond.kit.harbor.SandboxRun;
import ai.paybond.kit.sandbox.Sandbox;
import ai.paybond.kit.sandbox.SandboxTenant;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every Java snippet of the README, compiled and run; the formatter may set line breaks otherwise. */
class ReadmeTest {
    private static final Path ROOT = Path.of(System.getProperty("paybond.root", ".."));
    private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void everySnippetOfTheReadmeIsInThisTest() throws IOException {
        String tests = withoutSpace(
                Files.readString(ROOT.resolve("examples/src/test/java/ai/paybond/kit/examples/ReadmeTest.java")));
        List<String> snippets = SNIPPET.matcher(Files.readString(ROOT.resolve("README.md")))
                .results()
                .map((MatchResult found) -> withoutSpace(found.group(1)))
                .toList();

        assertThat(snippets).hasSize(4).allSatisfy(snippet -> assertThat(tests).contains(snippet));
    }

    @Test
    void readmeNamesTheTestCommand() throws IOException {
        assertThat(Files.readAllLines(ROOT.resolve("README.md"))).contains("mvn -B verify", "./paybond demo");
    }

    @Test
    void standalone() throws Exception {
        try (Sandbox sandbox = Sandbox.start();
                Paybond paybond = Paybond.open(PaybondOptions.builder(
                                sandbox.baseUrl(), ApiKey.of(sandbox.tenant().apiKey()))
                        .capabilityRootKey(sandbox.capabilityRootKeyId(), sandbox.capabilityRootKey())
                        .build())) {

            ToolRegistry tools = ToolRegistry.of(ToolDeclaration.builder("book_hotel")
                    .operation("travel.book_hotel")
                    .sideEffecting()
                    .spend(SpendRule.argument("price_cents"))
                    .evidence(EvidenceMapper.members("status", "cost_cents"))
                    .build());

            SandboxRun run = paybond.guardrails().bootstrap(BootstrapRequest.of("travel.book_hotel", 20_000));
            try (ToolGuard guard = paybond.guard(run, tools).build()) {
                ToolOutcome<Map<String, Object>> outcome = guard.call(
                        "book_hotel",
                        "call-1",
                        "{\"city\":\"Paris\",\"price_cents\":18700}",
                        call -> Map.of(
                                "status", "completed", "cost_cents", 18_700, "card", "never leaves this process"));

                assertThat(outcome.orThrow()).containsEntry("status", "completed");

                ToolOutcome<String> tooMuch =
                        guard.call("book_hotel", "call-2", "{\"price_cents\":90000}", call -> "never runs");
                assertThatThrownBy(tooMuch::orThrow).extracting("code").isEqualTo("budget_exceeded");
            }
        }
    }

    @Test
    void intent() throws Exception {
        ToolRegistry tools = ToolRegistry.of(ToolDeclaration.builder("book_hotel")
                .operation("travel.book_hotel")
                .sideEffecting()
                .spend(SpendRule.argument("price_cents"))
                .evidence(EvidenceMapper.members("status"))
                .build());
        Map<String, Object> booking = Map.of("status", "completed");
        try (Sandbox sandbox = Sandbox.start()) {
            SandboxTenant tenant = sandbox.tenant();
            PaybondOptions options = PaybondOptions.builder(sandbox.baseUrl(), ApiKey.of(tenant.apiKey()))
                    .capabilityRootKey(sandbox.capabilityRootKeyId(), sandbox.capabilityRootKey())
                    .recognitionKey(tenant.recognitionKeyId(), tenant.recognitionKey())
                    .payee(new PayeeIdentity("did:web:example.com#booker-agent", tenant.payeeKey()))
                    .build();

            try (Paybond paybond = Paybond.open(options)) {
                CreatedIntent intent = paybond.intents()
                        .create(IntentRequest.builder(
                                        new PrincipalIdentity("did:web:example.com#principal", tenant.principalKey()),
                                        "did:web:example.com#booker-agent")
                                .payeeKey(tenant.payeeKey().publicKey())
                                .amount(20_000, "usd")
                                .deadline(Instant.parse("2030-12-31T23:59:59Z"))
                                .allowedTools(List.of("travel.book_hotel"))
                                .predicate(JsonObject.parse("{\"version\":1,\"root\":{\"op\":\"true\"}}"))
                                .settlementRail("stripe_connect")
                                .build());

                CapabilityToken token = Objects.requireNonNull(intent.capabilityToken());
                CapabilityBinding binding = new CapabilityBinding(intent.intentId(), token, "usd");
                try (ToolGuard guard = paybond.guard(binding, tools).build()) {
                    guard.call("book_hotel", "call-1", "{\"price_cents\":18700}", call -> booking)
                            .orThrow();
                }
                assertThat(paybond.intents()
                                .confirmSettlement(intent.intentId())
                                .state())
                        .isEqualTo("released");
            }
        }
    }

    /** What the snippet guards. */
    public interface Hotels {
        @CapabilityGuarded(
                operation = "travel.book_hotel",
                spendFrom = "priceCents",
                evidence = {"status"})
        Booking book(String city, long priceCents);

        @CapabilityGuarded(readOnly = true)
        List<String> search(String city);
    }

    /** What it gives. */
    public record Booking(String status) {}

    private static final class HttpHotels implements Hotels {
        @Override
        public Booking book(String city, long priceCents) {
            return new Booking("completed");
        }

        @Override
        public List<String> search(String city) {
            return List.of();
        }
    }

    @Test
    void proxy() throws Exception {
        try (Sandbox sandbox = Sandbox.start();
                Paybond paybond = Paybond.open(PaybondOptions.builder(
                                sandbox.baseUrl(), ApiKey.of(sandbox.tenant().apiKey()))
                        .capabilityRootKey(sandbox.capabilityRootKeyId(), sandbox.capabilityRootKey())
                        .build())) {
            SandboxRun run = paybond.guardrails().bootstrap(BootstrapRequest.of("travel.book_hotel", 20_000));
            ToolGuard guard =
                    paybond.guard(run, AnnotatedTools.registry(Hotels.class)).build();
            ExecutorService executor = GuardExecutors.virtualOrCached();
            Hotels hotels = GuardedProxy.of(
                    guard, Hotels.class, new HttpHotels()); // Hotels is annotated with @CapabilityGuarded
            Booking booking = hotels.book("Paris", 18_700); // ToolDeniedException unless the capability allows it

            ToolCall call = ToolCall.parse("search", "call-8", "{\"city\":\"Paris\"}");
            CompletableFuture<ToolOutcome<Booking>> later =
                    guard.async(executor).runLimit(Duration.ofSeconds(30)).call(call, permitted -> booking);

            assertThat(later.get(60, TimeUnit.SECONDS).orThrow()).isEqualTo(new Booking("completed"));
            assertThat(sandbox.records().evidence(run.intentId())).hasSize(1);
            assertThatThrownBy(() -> hotels.book("Paris", 90_000))
                    .extracting("code")
                    .isEqualTo("budget_exceeded");
            executor.shutdown();
        }
    }

    @Test
    void attenuate() {
        try (Sandbox sandbox = Sandbox.start();
                Paybond paybond = Paybond.open(PaybondOptions.builder(
                                sandbox.baseUrl(), ApiKey.of(sandbox.tenant().apiKey()))
                        .capabilityRootKey(sandbox.capabilityRootKeyId(), sandbox.capabilityRootKey())
                        .build())) {
            SandboxRun run = paybond.guardrails().bootstrap(BootstrapRequest.of("travel.book_hotel", 20_000));
            CapabilityToken token = run.capabilityToken();
            CapabilityToken narrower = Attenuation.builder()
                    .operations("travel.book_hotel")
                    .maxSpendCents(5_000)
                    .argumentIn("city", "Paris", "Lyon")
                    .build()
                    .attenuate(token);
            assertThat(verdict(paybond, run, token, 5_001)).isInstanceOf(CapabilityVerdict.Verified.class);
            assertThat(verdict(paybond, run, narrower, 5_000)).isInstanceOf(CapabilityVerdict.Verified.class);
            assertThat(verdict(paybond, run, narrower, 5_001)).isInstanceOf(CapabilityVerdict.Refused.class);
        }
    }

    private static CapabilityVerdict verdict(Paybond paybond, SandboxRun run, CapabilityToken token, long cents) {
        CapabilityVerifier verifier = paybond.capabilities();
        return verifier.verify(
                token,
                new CapabilityRequest(
                        paybond.tenantId(),
                        run.intentId(),
                        "travel.book_hotel",
                        cents,
                        "usd",
                        JsonObject.parse("{\"city\":\"Lyon\"}")));
    }

    private static String withoutSpace(String text) {
        return text.replaceAll("\\s+", "");
    }
}
