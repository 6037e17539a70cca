package ai.paybond.kit.paegents.seeds;

import static ai.paybond.kit.paegents.PaegentsWorld.BUYER_KEY;
import static ai.paybond.kit.paegents.PaegentsWorld.ESCROW;
import static ai.paybond.kit.paegents.PaegentsWorld.GAS_WALLET;
import static ai.paybond.kit.paegents.PaegentsWorld.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.paegents.NonceRegister;
import ai.paybond.kit.paegents.PaegentsWorld;
import ai.paybond.kit.paegents.SellerEndpoint;
import ai.paybond.kit.paegents.client.ActivationRequest;
import ai.paybond.kit.paegents.client.AgentPolicy;
import ai.paybond.kit.paegents.client.Agreement;
import ai.paybond.kit.paegents.client.Approvals.Approval;
import ai.paybond.kit.paegents.client.FundingAuthorization;
import ai.paybond.kit.paegents.client.Mandates.CartMandate;
import ai.paybond.kit.paegents.client.Mandates.IntentMandate;
import ai.paybond.kit.paegents.client.Mandates.IntentRequest;
import ai.paybond.kit.paegents.client.Mandates.Payment;
import ai.paybond.kit.paegents.client.MeteredClient;
import ai.paybond.kit.paegents.client.MeteredClient.UsageStatus;
import ai.paybond.kit.paegents.client.PaegentsApiException;
import ai.paybond.kit.paegents.client.PaegentsClient;
import ai.paybond.kit.paegents.client.PaegentsOptions;
import ai.paybond.kit.paegents.client.PaymentMethod;
import ai.paybond.kit.paegents.client.PolicyDeniedException;
import ai.paybond.kit.paegents.client.Submission;
import ai.paybond.kit.paegents.client.Webhooks.Issued;
import ai.paybond.kit.paegents.escrow.ActivationPackage;
import ai.paybond.kit.paegents.escrow.EscrowSigner;
import ai.paybond.kit.paegents.escrow.InfraFee;
import ai.paybond.kit.paegents.escrow.SignedIntent;
import ai.paybond.kit.paegents.usdc.PermitLimits;
import ai.paybond.kit.paegents.usdc.PermitSigner;
import ai.paybond.kit.paegents.usdc.SignedPermit;
import ai.paybond.kit.paegents.webhook.WebhookVerdict.Genuine;
import ai.paybond.kit.paegents.webhook.WebhookVerifier;
import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each code sample of the documents this module was made from, written again in Java. */
class SeedSamplesTest {
    private final PaegentsWorld world = new PaegentsWorld();
    private final PaegentsClient sdk = world.buyer;

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void initialize() {
        Map<String, String> env = Map.of(
                "PAEGENTS_API_URL", world.sandbox.baseUrl().toString(),
                "PAEGENTS_AGENT_ID", world.sandbox.buyer().id(),
                "PAEGENTS_API_KEY", world.sandbox.buyer().apiKey(),
                "OWNER_JWT", world.sandbox.buyer().ownerJwt());
        try (PaegentsClient client =
                PaegentsClient.open(PaegentsOptions.fromEnvironment(env).build())) {
            assertThat(client.agreements().list(null, null, 10)).isEmpty();
            assertThat(client.approvals().list("pending")).isEmpty();
        }
    }

    @Test
    void ap2QuickStart() {
        IntentMandate intent = sdk.mandates()
                .createIntent(IntentRequest.upTo(5000, "usd")
                        .withMetadata(JsonObject.builder()
                                .put("purpose", "compute credits")
                                .build()));
        CartMandate cart = sdk.mandates().createCart(intent.id(), 2500, "usd");
        Submission<Payment> payment = sdk.mandates().pay(intent.id(), cart.id(), PaymentMethod.card("stripe"));

        assertThat(payment.needsApproval()).isFalse();
        assertThat(payment.orThrow().status()).isEqualTo("succeeded");
        assertThat(sdk.mandates().signingDigest(intent.id(), cart.id(), ESCROW))
                .isEqualTo("ap2:stablecoin:" + intent.id() + ":" + cart.id() + ":2500:usd:" + ESCROW.checksummed());
    }

    @Test
    void bilateralEscrowStepByStep() {
        // Step 1: create the agreement
        Agreement agreement = world.agreement(1000);
        // Step 2: fetch the activation package
        ActivationPackage proposed = sdk.escrows().activationPackage(agreement.id());
        // Step 3a: sign the activation intent locally
        NonceRegister nonces = NonceRegister.inMemory();
        SignedIntent intent =
                new EscrowSigner(BUYER_KEY, world.profile, nonces, world.clock).activate(proposed, world.terms(1000));
        // Step 3b: funding by an allowance given before
        FundingAuthorization funding = FundingAuthorization.priorAllowance(BigInteger.valueOf(100_000_000));
        // Step 3c: the permit for the fee, if one is due
        BigInteger deadline =
                BigInteger.valueOf(world.clock.instant().plusSeconds(600).getEpochSecond());
        SignedPermit feePermit =
                proposed.infraFee().map(fee -> permit(fee, deadline, nonces)).orElse(null);
        // Step 4: submit
        sdk.escrows().activate(agreement.id(), new ActivationRequest(intent, funding, feePermit));
        // Step 5: poll
        while (!sdk.agreements().get(agreement.id()).isActive()) {
            world.clock.advance(Duration.ofSeconds(3));
        }

        assertThat(sdk.escrows().status(agreement.id()).activationStatus()).isEqualTo("confirmed");
        assertThat(sdk.escrows().status(agreement.id()).activationTransaction()).isPresent();
    }

    private SignedPermit permit(InfraFee fee, BigInteger deadline, NonceRegister nonces) {
        return new PermitSigner(BUYER_KEY, TOKEN, nonces, world.clock)
                .sign(
                        fee.permit(TOKEN, BUYER_KEY.address(), world.permitNonce(), deadline),
                        new PermitLimits(GAS_WALLET, BigInteger.valueOf(10_000_000), Duration.ofMinutes(10)));
    }

    @Test
    void meteredClient() {
        try (SellerEndpoint seller = SellerEndpoint.start()) {
            Agreement agreement = sdk.agreements()
                    .create(world.request(world.service("Text", seller.url()), 1000)
                            .build())
                    .orThrow();
            world.activate(agreement, 1000);

            MeteredClient client = sdk.metered(agreement.id());
            client.post(
                    "/generate",
                    JsonObject.builder()
                            .put("prompt", "hello world")
                            .put("max_tokens", 150)
                            .build());

            UsageStatus usage = client.usageStatus();
            assertThat(usage.unitsUsed()).isEqualTo(1);
            assertThat(usage.unitsRemaining()).isEqualTo(999);
        }
    }

    @Test
    void policiesAndApprovals() {
        PaegentsClient owner = sdk.withOwner(world.ownerJwt()).forAgent("agent-123");
        owner.policies()
                .update(AgentPolicy.unrestricted()
                        .approvalFrom(2000)
                        .rails("card", "stablecoin")
                        .dailyLimit(10000));
        assertThat(owner.policies().get().approvalThresholdCents()).contains(2000L);
        assertThat(sdk.agreements()
                        .create(world.request(world.service("Text"), 200).build())
                        .needsApproval())
                .isTrue();

        List<Approval> pending = owner.approvals().list("pending");
        owner.approvals().approve(pending.get(0).id());

        assertThat(owner.approvals().list("pending")).isEmpty();
    }

    @Test
    void webhooks() {
        try (SellerEndpoint subscriber = SellerEndpoint.start()) {
            PaegentsClient owner = sdk.withOwner(world.ownerJwt()).forAgent("agent-123");
            Issued webhook = owner.webhooks().create(subscriber.url(), List.of("payment.*", "agreement.*"));
            world.agreement(10);
            world.sandbox.awaitWebhooks();

            WebhookVerifier verifier = new WebhookVerifier(
                    List.of(webhook.secret().orElseThrow()), WebhookVerifier.DEFAULT_TOLERANCE, world.clock);
            assertThat(subscriber.received()).hasSize(2).allSatisfy(received -> assertThat(
                            verifier.verify(received.signature(), received.body()))
                    .isInstanceOf(Genuine.class));
        }
    }

    @Test
    void errorHandling() {
        assertThatThrownBy(() -> sdk.mandates().pay("intent_123", "cart_123", PaymentMethod.card("stripe")))
                .isInstanceOf(PaegentsApiException.class)
                .isNotInstanceOf(PolicyDeniedException.class);
        sdk.withOwner(world.ownerJwt())
                .policies()
                .update(AgentPolicy.unrestricted().rails("stablecoin"));
        String intent =
                sdk.mandates().createIntent(IntentRequest.upTo(5000, "usd")).id();
        String cart = sdk.mandates().createCart(intent, 2500, "usd").id();

        assertThatThrownBy(() -> sdk.mandates().pay(intent, cart, PaymentMethod.card("stripe")))
                .isInstanceOf(PolicyDeniedException.class);
    }

    @Test
    void agreementBodyOfTheApiReference() {
        world.agreement(100);

        String body = world.sandbox.requests().stream()
                .filter(request -> request.toString().equals("POST /usage-agreements"))
                .findFirst()
                .orElseThrow()
                .body();
        JsonObject sent = JsonObject.parse(body);
        assertThat(sent.members())
                .containsOnlyKeys(
                        "seller_agent_id",
                        "service_id",
                        "quantity",
                        "unit",
                        "price_per_unit_cents",
                        "payment_method",
                        "settlement_model",
                        "activation_version",
                        "buyer_wallet_address");
        assertThat(sent.object("payment_method").orElseThrow().toJson())
                .isEqualTo("{\"rail\":\"stablecoin\",\"provider\":\"x402\"}");
        assertThat(sent.string("activation_version")).contains("v2");
    }

    @Test
    void idempotencyKeyOfTheApiReference() {
        Agreement agreement = world.agreement(10);
        world.activate(agreement, 10);

        assertThat(world.sandbox.requests().stream()
                        .filter(request -> request.path().endsWith("/activate-escrow"))
                        .map(request -> request.headers().get("idempotency-key")))
                .singleElement()
                .asString()
                .startsWith("activate:" + agreement.id());
    }
}
