package ai.paybond.kit.guard;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.Paybond;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.evidence.PayeeIdentity;
import ai.paybond.kit.harbor.CreatedIntent;
import ai.paybond.kit.harbor.IntentRequest;
import ai.paybond.kit.harbor.PrincipalIdentity;
import ai.paybond.kit.sandbox.Sandbox;
import ai.paybond.kit.sandbox.SandboxTenant;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** A session with a sandbox that may do everything, and funded intents to book hotels under. */
public final class SandboxIntents {
    public static final String PAYEE = "did:web:hotel.example";
    public static final String OPERATION = "travel.book_hotel";

    private SandboxIntents() {}

    /** Pinned root key, recognition key and payee of the sandbox's tenant; each request is sent once. */
    public static PaybondOptions.Builder options(Sandbox sandbox) {
        SandboxTenant tenant = sandbox.tenant();
        return PaybondOptions.builder(sandbox.baseUrl(), ApiKey.of(tenant.apiKey()))
                .capabilityRootKey(sandbox.capabilityRootKeyId(), sandbox.capabilityRootKey())
                .recognitionKey(tenant.recognitionKeyId(), tenant.recognitionKey())
                .payee(new PayeeIdentity(PAYEE, tenant.payeeKey()))
                .maxAttempts(1);
    }

    /** A new intent of 200 dollars, funded, whose predicate any evidence fulfils. */
    public static CapabilityBinding create(Paybond paybond, SandboxTenant tenant, String... operations) {
        CreatedIntent intent = paybond.intents()
                .create(IntentRequest.builder(
                                new PrincipalIdentity("did:web:agent.example", tenant.principalKey()), PAYEE)
                        .amount(20_000, "usd")
                        .deadline(Instant.parse("2099-12-31T23:59:59Z"))
                        .allowedTools(List.of(operations))
                        .settlementRail("stripe_connect")
                        .payeeKey(tenant.payeeKey().publicKey())
                        .budget(JsonObject.parse("{\"currency\":\"usd\"}"))
                        .evidenceSchema(JsonObject.parse("{\"type\":\"object\"}"))
                        .predicate(JsonObject.parse("{\"version\":1,\"root\":{\"op\":\"true\"}}"))
                        .build());
        return new CapabilityBinding(intent.intentId(), Objects.requireNonNull(intent.capabilityToken()), "usd");
    }
}
