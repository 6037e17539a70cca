package ai.paybond.kit.examples.adversary;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.ArgumentDisclosure;
import ai.paybond.kit.Paybond;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.capability.Attenuation;
import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.evidence.PayeeIdentity;
import ai.paybond.kit.guard.CapabilityBinding;
import ai.paybond.kit.guard.ToolGuardBuilder;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.harbor.CreatedIntent;
import ai.paybond.kit.harbor.IntentRequest;
import ai.paybond.kit.harbor.PrincipalIdentity;
import ai.paybond.kit.sandbox.CapabilitySpec;
import ai.paybond.kit.sandbox.Sandbox;
import ai.paybond.kit.sandbox.SandboxTenant;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** A sandbox and a session; every attempt gets an intent of 6000 cents of its own. */
final class Bank implements AutoCloseable {
    static final String HOTEL = "did:web:hotel.example";
    static final String TAXI = "did:web:taxi.example";
    static final long BUDGET_CENTS = 6_000;

    private static final String PAYEE = "did:web:agent.example";
    private static final List<String> OPERATIONS = List.of("travel.ride", "invoice.pay", "money.send", "safe.empty");
    private static final JsonObject PAID =
            JsonObject.parse("{\"version\":1,\"root\":{\"op\":\"eq\",\"path\":[\"status\"],\"value\":\"paid\"}}");

    private final Clock clock = Clock.systemUTC();
    private final Sandbox sandbox = Sandbox.start();
    private final SandboxTenant tenant = sandbox.tenant();
    private final Paybond session = Paybond.open(PaybondOptions.builder(sandbox.baseUrl(), ApiKey.of(tenant.apiKey()))
            .capabilityRootKey(sandbox.capabilityRootKeyId(), sandbox.capabilityRootKey())
            .recognitionKey(tenant.recognitionKeyId(), tenant.recognitionKey())
            .payee(new PayeeIdentity(PAYEE, tenant.payeeKey()))
            .argumentDisclosure(ArgumentDisclosure.FULL)
            .build());

    Sandbox sandbox() {
        return sandbox;
    }

    ToolGuardBuilder guard(CapabilityBinding binding, ToolRegistry tools) {
        return session.guard(binding, tools);
    }

    /** An intent, and a capability that pays the hotel and the taxi and nobody else. */
    CapabilityBinding intent() {
        CreatedIntent intent = session.intents()
                .create(IntentRequest.builder(
                                new PrincipalIdentity("did:web:traveller.example", tenant.principalKey()), PAYEE)
                        .payeeKey(tenant.payeeKey().publicKey())
                        .amount(BUDGET_CENTS, "usd")
                        .deadline(clock.instant().plus(Duration.ofHours(1)))
                        .allowedTools(OPERATIONS)
                        .predicate(PAID)
                        .settlementRail("stripe_connect")
                        .build());
        CapabilityToken whole = Objects.requireNonNull(intent.capabilityToken());
        return new CapabilityBinding(intent.intentId(), forPayees(whole, HOTEL, TAXI), "usd");
    }

    static CapabilityToken forPayees(CapabilityToken token, String... payees) {
        return Attenuation.builder().argumentIn("payee", payees).build().attenuate(token);
    }

    /** A capability that nobody ever gave out, for the intent and for everything that the purse can do. */
    CapabilitySpec spec(String intentId) {
        return spec(tenant.tenantId(), intentId, Duration.ofHours(1));
    }

    private CapabilitySpec spec(String tenantId, String intentId, Duration lifetime) {
        return CapabilitySpec.of(
                        tenantId,
                        intentId,
                        clock.instant().plus(lifetime),
                        "travel.ride",
                        "invoice.pay",
                        "money.send",
                        "account.end")
                .payeeDid(PAYEE)
                .maxSpendCents(1_000_000);
    }

    CapabilityToken mintForAnotherTenant(String intentId) {
        return mint(spec("tenant-of-somebody-else", intentId, Duration.ofHours(1)));
    }

    CapabilityToken mintExpired(String intentId) {
        return mint(spec(tenant.tenantId(), intentId, Duration.ofHours(-1)));
    }

    CapabilityToken mint(CapabilitySpec spec) {
        return CapabilityToken.of(sandbox.mintCapability(spec));
    }

    @Override
    public void close() {
        session.close();
        sandbox.close();
    }
}
