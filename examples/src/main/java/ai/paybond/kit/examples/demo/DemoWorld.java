package ai.paybond.kit.examples.demo;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.Paybond;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.SessionMode;
import ai.paybond.kit.evidence.PayeeIdentity;
import ai.paybond.kit.examples.agents.ModelEndpoint;
import ai.paybond.kit.examples.hotel.HotelService;
import ai.paybond.kit.examples.openai.LocalOpenAiServer;
import ai.paybond.kit.examples.openai.Scenario;
import ai.paybond.kit.sandbox.Sandbox;
import ai.paybond.kit.sandbox.SandboxTenant;
import java.time.Clock;
import java.util.Optional;

/** What the agents live among: a sandbox Gateway and Harbor, a hotel, and a model. Started and closed together. */
final class DemoWorld implements AutoCloseable {
    /** Who acts and is paid in every intent of the demo. */
    static final String PAYEE = "did:web:agent.example";

    private static final Scenario GATEWAY = Scenario.resource(DemoWorld.class, "trip.json");
    private static final Scenario DIRECT = Scenario.resource(DemoWorld.class, "trip-direct.json");

    private final Clock clock;
    private final Optional<ModelEndpoint> model;
    private final Sandbox sandbox;
    private final HotelService hotel;
    private final LocalOpenAiServer scripted;

    private DemoWorld(DemoOptions options) {
        this.clock = options.clock();
        this.model = options.model();
        this.sandbox = Sandbox.builder().clock(clock).start();
        this.hotel = HotelService.start();
        this.scripted = LocalOpenAiServer.start(clock, GATEWAY, DIRECT);
    }

    static DemoWorld start(DemoOptions options) {
        return new DemoWorld(options);
    }

    Clock clock() {
        return clock;
    }

    Sandbox sandbox() {
        return sandbox;
    }

    HotelService hotel() {
        return hotel;
    }

    boolean isScripted() {
        return model.isEmpty();
    }

    /**
     * The model for an agent. The script differs by mode: the Gateway keeps count of what an intent has spent, so a call
     * within the capability can be over what is left; direct Harbor keeps no count, and only the capability's own limit
     * can be passed.
     */
    ModelEndpoint model(SessionMode mode) {
        Scenario script = mode == SessionMode.GATEWAY ? GATEWAY : DIRECT;
        return model.orElseGet(() -> new ModelEndpoint(scripted.baseUrl(), "any", script.model()));
    }

    /** Opens a session of the sandbox's first tenant, with everything that signing and verifying need. */
    Paybond openSession(SessionMode mode) {
        SandboxTenant tenant = sandbox.tenant();
        PaybondOptions.Builder options = PaybondOptions.builder(sandbox.baseUrl(), ApiKey.of(tenant.apiKey()))
                .capabilityRootKey(sandbox.capabilityRootKeyId(), sandbox.capabilityRootKey())
                .recognitionKey(tenant.recognitionKeyId(), tenant.recognitionKey())
                .payee(new PayeeIdentity(PAYEE, tenant.payeeKey()))
                .clock(clock);
        return Paybond.open(
                mode == SessionMode.GATEWAY
                        ? options.build()
                        : options.harborUrl(sandbox.baseUrl()).build());
    }

    @Override
    public void close() {
        scripted.close();
        hotel.close();
        sandbox.close();
    }
}
