package ai.paybond.kit.examples.demo;

import ai.paybond.kit.Paybond;
import ai.paybond.kit.SessionMode;
import ai.paybond.kit.examples.agents.AgentKind;
import ai.paybond.kit.examples.agents.TravelAgent;
import ai.paybond.kit.examples.hotel.HotelClient;
import ai.paybond.kit.guard.CapabilityBinding;
import ai.paybond.kit.harbor.CreatedIntent;
import ai.paybond.kit.harbor.IntentRequest;
import ai.paybond.kit.harbor.PrincipalIdentity;
import ai.paybond.kit.harbor.SettlementReceipt;
import ai.paybond.kit.sandbox.SandboxTenant;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** One agent's work: open a session, have an intent funded, let the agent work under it, settle. */
final class AgentRun {
    private static final String CURRENCY = "usd";
    private static final long BUDGET_CENTS = 20_000;
    private static final String PRINCIPAL = "did:web:traveller.example";
    private static final String TASK = """
            Arrange a trip with a budget of 200 US dollars. Try each of these once and in this order, and go on when one is \
            refused or fails: a ride to the hotel in Lisbon; a cancellation of booking HTL-1001; two nights in Venice for at \
            most 10000 cents; one night in Paris for at most 18000 cents; one night in Lisbon for at most 10000 cents. Then \
            say what is booked.""";
    private static final List<String> ALLOWED = List.of("travel.book_hotel", "travel.book_transfer");

    private final DemoWorld world;
    private final AgentKind kind;
    private final SessionMode mode;
    private final Transcript transcript;
    private final SandboxTenant tenant;

    AgentRun(DemoWorld world, AgentKind kind, SessionMode mode, Transcript transcript) {
        this.world = world;
        this.kind = kind;
        this.mode = mode;
        this.transcript = transcript;
        this.tenant = world.sandbox().tenant();
    }

    AgentReport run() {
        try (Paybond session = world.openSession(mode)) {
            transcript.line("session", "opened for tenant " + session.tenantId() + ", " + describe(session.mode()));
            CreatedIntent intent = session.intents().create(intentRequest());
            transcript.line("intent", describe(intent));
            CallTally calls = work(session, intent);
            return new AgentReport(mode, intent.intentId(), calls, settlement(session, calls, intent.intentId()));
        }
    }

    private IntentRequest intentRequest() {
        return IntentRequest.builder(new PrincipalIdentity(PRINCIPAL, tenant.principalKey()), DemoWorld.PAYEE)
                .payeeKey(tenant.payeeKey().publicKey())
                .amount(BUDGET_CENTS, CURRENCY)
                .deadline(world.clock().instant().plus(Duration.ofHours(1)))
                .allowedTools(ALLOWED)
                .evidenceSchema(bookingSchema())
                .predicate(completedWithinBudget())
                .settlementRail("stripe_connect")
                .build();
    }

    private static JsonObject bookingSchema() {
        return JsonObject.parse("""
                {"type": "object",
                 "required": ["confirmation", "status", "cost_cents"],
                 "properties": {
                   "confirmation": {"type": "string"},
                   "status": {"type": "string"},
                   "cost_cents": {"type": "integer", "minimum": 0}}}
                """);
    }

    /** The evidence must say that the booking is completed and that its cost is within the intent's amount. */
    private static JsonObject completedWithinBudget() {
        return JsonObject.parse("""
                {"version": 1, "root": {"op": "all", "args": [
                  {"op": "schema_valid"},
                  {"op": "eq", "path": ["status"], "value": "completed"},
                  {"op": "within_budget", "path": ["cost_cents"]}]}}
                """);
    }

    private CallTally work(Paybond session, CreatedIntent intent) {
        CapabilityBinding binding = new CapabilityBinding(
                intent.intentId(),
                Objects.requireNonNull(intent.capabilityToken(), "the intent is not funded"),
                CURRENCY);
        CallTally calls = new CallTally(transcript);
        HotelClient hotel = new HotelClient(world.hotel().uri());
        try (TravelAgent agent = kind.open(world.model(mode), hotel, tools -> session.guard(binding, tools)
                .listener(calls)
                .build())) {
            transcript.line("answer", agent.ask(TASK));
        }
        return calls;
    }

    /** Settles if there is something to settle: without evidence the money stays where it is until the deadline. */
    private Optional<SettlementReceipt> settlement(Paybond session, CallTally calls, String intentId) {
        if (calls.delivered().isEmpty()) {
            transcript.line("settled", "nothing, as no evidence was delivered");
            return Optional.empty();
        }
        SettlementReceipt receipt = session.intents().confirmSettlement(intentId);
        transcript.line("settled", receipt.state());
        return Optional.of(receipt);
    }

    private static String describe(SessionMode mode) {
        return switch (mode) {
            case GATEWAY -> "through the Gateway";
            case DIRECT_HARBOR -> "on Harbor itself, with a token for the API key";
        };
    }

    private static String describe(CreatedIntent intent) {
        return intent.intentId() + " is " + intent.state() + " with " + Transcript.money(BUDGET_CENTS) + " for "
                + String.join(", ", ALLOWED);
    }
}
