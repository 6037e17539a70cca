package ai.paybond.kit.examples.agents;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.Paybond;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.evidence.PayeeIdentity;
import ai.paybond.kit.examples.demo.Demo;
import ai.paybond.kit.examples.hotel.HotelClient;
import ai.paybond.kit.examples.hotel.HotelService;
import ai.paybond.kit.examples.openai.LocalOpenAiServer;
import ai.paybond.kit.examples.openai.Scenario;
import ai.paybond.kit.guard.CapabilityBinding;
import ai.paybond.kit.harbor.CreatedIntent;
import ai.paybond.kit.harbor.IntentRequest;
import ai.paybond.kit.harbor.PrincipalIdentity;
import ai.paybond.kit.sandbox.Sandbox;
import ai.paybond.kit.sandbox.SandboxTenant;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** A sandbox and a scripted model for any number of trips; each gets an intent and a hotel of its own. */
final class TripWorld implements AutoCloseable {
    private static final String PAYEE = "did:web:agent.example";
    private static final JsonObject COMPLETED_WITHIN_BUDGET = JsonObject.parse("""
            {"version": 1, "root": {"op": "all", "args": [
              {"op": "eq", "path": ["status"], "value": "completed"},
              {"op": "within_budget", "path": ["cost_cents"]}]}}
            """);

    private final Clock clock = Clock.systemUTC();
    private final Sandbox sandbox = Sandbox.start();
    private final SandboxTenant tenant = sandbox.tenant();
    private final Paybond session = Paybond.open(PaybondOptions.builder(sandbox.baseUrl(), ApiKey.of(tenant.apiKey()))
            .capabilityRootKey(sandbox.capabilityRootKeyId(), sandbox.capabilityRootKey())
            .recognitionKey(tenant.recognitionKeyId(), tenant.recognitionKey())
            .payee(new PayeeIdentity(PAYEE, tenant.payeeKey()))
            .build());

    Trip travel(AgentKind kind) {
        return travel(kind, Scenario.resource(Demo.class, "trip.json"));
    }

    Trip travel(AgentKind kind, Scenario scenario) {
        CapabilityBinding binding = binding();
        DecisionLog decisions = new DecisionLog();
        try (HotelService hotel = HotelService.start();
                LocalOpenAiServer model = LocalOpenAiServer.start(clock, scenario);
                TravelAgent agent = kind.open(
                        new ModelEndpoint(model.baseUrl(), "any", scenario.model()),
                        new HotelClient(hotel.uri()),
                        tools -> session.guard(binding, tools)
                                .listener(decisions)
                                .build())) {
            String answer = agent.ask("Arrange my trip.");
            return new Trip(
                    answer,
                    decisions.lines(),
                    last(model.requests()).toolResults(),
                    hotel.bookings(),
                    sandbox.records().evidence(binding.intentId()),
                    sandbox.records().verifications().stream()
                            .filter(verification -> verification.intentId().equals(binding.intentId()))
                            .toList(),
                    sandbox.records().decisions().stream()
                            .filter(decision -> decision.intentId().equals(binding.intentId()))
                            .toList());
        }
    }

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
    }

    private CapabilityBinding binding() {
        CreatedIntent intent = session.intents()
                .create(IntentRequest.builder(
                                new PrincipalIdentity("did:web:traveller.example", tenant.principalKey()), PAYEE)
                        .payeeKey(tenant.payeeKey().publicKey())
                        .amount(20_000, "usd")
                        .deadline(clock.instant().plus(Duration.ofHours(1)))
                        .allowedTools(List.of("travel.book_hotel", "travel.book_transfer"))
                        .predicate(COMPLETED_WITHIN_BUDGET)
                        .settlementRail("stripe_connect")
                        .build());
        return new CapabilityBinding(intent.intentId(), Objects.requireNonNull(intent.capabilityToken()), "usd");
    }

    @Override
    public void close() {
        session.close();
        sandbox.close();
    }
}
