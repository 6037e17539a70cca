package ai.paybond.kit.paegents.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.paegents.PaegentsWorld;
import ai.paybond.kit.paegents.client.Agreements.Usage;
import ai.paybond.kit.paegents.client.Mandates.IntentRequest;
import ai.paybond.kit.sandbox.paegents.PaegentsFault;
import ai.paybond.kit.sandbox.paegents.PaegentsRequest;
import ai.paybond.kit.wire.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the client asks, repeats itself and reports. */
class ClientTest {
    private final PaegentsWorld world = new PaegentsWorld();

    @AfterEach
    void close() {
        world.close();
    }

    private List<PaegentsRequest> sent(String methodAndPathEnd) {
        String[] parts = methodAndPathEnd.split(" ", 2);
        return world.sandbox.requests().stream()
                .filter(request ->
                        request.method().equals(parts[0]) && request.path().endsWith(parts[1]))
                .toList();
    }

    private static void assertCode(String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(PaegentsApiException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }

    @Test
    void repeatsAWriteUnderOneKeyUntilItIsAnswered() {
        Agreement agreement = world.agreement(10);
        world.sandbox.failNext("GET /" + agreement.id(), PaegentsFault.status(503));
        world.sandbox.failNext("POST /cancel", PaegentsFault.replyLost());

        assertThat(world.buyer.agreements().get(agreement.id()).quantity()).contains(10L);
        assertCode("invalid_state:not_proposed", () -> world.buyer.agreements().cancel(agreement.id()));

        List<PaegentsRequest> sent = sent("POST /cancel");
        assertThat(sent).hasSize(2);
        assertThat(sent.get(0).headers().get("idempotency-key"))
                .isEqualTo(sent.get(1).headers().get("idempotency-key"))
                .isNotBlank();
    }

    @Test
    void countsARepeatedProposalOnceWhenItsAnswerWasLost() {
        world.sandbox.failNext("POST /usage-agreements", PaegentsFault.replyLost());

        world.agreement(10);

        assertThat(sent("POST /usage-agreements")).hasSize(2);
        assertThat(world.buyer.agreements().list("buyer", null, 100)).hasSize(1);
    }

    @Test
    void waitsAsLongAsTheServerAsksButNotForever() {
        Instant before = world.clock.instant();
        world.sandbox.failNext("GET /services", PaegentsFault.status(429).retryAfter("7"));
        world.sandbox.failNext("GET /services", PaegentsFault.status(429).retryAfter("90000"));

        world.seller.catalogue().mine(10, 0);

        assertThat(Duration.between(before, world.clock.instant())).isEqualTo(Duration.ofSeconds(37));
    }

    @Test
    void givesUpAfterThreeAttempts() {
        for (int i = 0; i < 4; i++) {
            world.sandbox.failNext("GET /services", PaegentsFault.status(502));
        }

        assertThatThrownBy(() -> world.seller.catalogue().mine(10, 0))
                .isInstanceOfSatisfying(PaegentsApiException.class, e -> {
                    assertThat(e.code()).isEqualTo("injected_fault");
                    assertThat(e.status()).isEqualTo(502);
                    assertThat(e.retryable()).isTrue();
                });
        assertThat(sent("GET /services")).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 409, 422, 500})
    void doesNotRepeatWhatWasAnswered(int status) {
        world.sandbox.failNext("GET /services", PaegentsFault.status(status));

        assertCode("injected_fault", () -> world.seller.catalogue().mine(10, 0));
        assertThat(sent("GET /services")).hasSize(1);
    }

    @Test
    void saysWhyAServerCannotBeReached() {
        world.sandbox.close();

        assertCode("paegents.unreachable", () -> world.buyer.agreements().get("agr_1"));
        assertThat(world.buyer.isHealthy()).isFalse();
    }

    @Test
    void sendsTheKeyUnderBothNamesAndTheOwnersWordAlone() {
        world.buyer.agreements().list(null, null, 10);
        world.buyer.withOwner(world.ownerJwt()).policies().get();
        world.buyer.catalogue().search(ServiceSearch.of(""));

        PaegentsRequest asAgent = sent("GET /agreements").get(0);
        PaegentsRequest asOwner = sent("GET /policies").get(0);
        PaegentsRequest asNobody = sent("POST /search").get(0);
        assertThat(asAgent.headers())
                .containsEntry(
                        "authorization", "Bearer " + world.sandbox.buyer().apiKey())
                .containsEntry("x-api-key", world.sandbox.buyer().apiKey());
        assertThat(asOwner.headers())
                .containsEntry(
                        "authorization", "Bearer " + world.sandbox.buyer().ownerJwt())
                .doesNotContainKey("x-api-key");
        assertThat(asNobody.headers()).doesNotContainKeys("authorization", "x-api-key");
    }

    @Test
    void sendsNothingToAnOwnersRouteWithoutTheOwnersWord() {
        assertThatThrownBy(() -> world.buyer.policies().get())
                .isInstanceOfSatisfying(
                        ConfigurationException.class, e -> assertThat(e.code()).isEqualTo("owner_jwt.missing"));
        assertThat(sent("GET /policies")).isEmpty();
    }

    @Test
    void sendsTheKeyToAnOwnersRouteOnlyWhenToldTo() {
        try (PaegentsClient lax = PaegentsClient.open(
                world.options(world.sandbox.buyer()).apiKeyForOwnerRoutes().build())) {
            assertCode("forbidden", () -> lax.policies().get());
        }
    }

    @Test
    void makesApprovalAnAnswerAndDenialAnException() {
        PaegentsClient owner = world.buyer.withOwner(world.ownerJwt());
        owner.policies().update(AgentPolicy.unrestricted().approvalFrom(2_000).rails("card"));
        String intent = world.buyer
                .mandates()
                .createIntent(IntentRequest.upTo(5_000, "usd"))
                .id();
        String cart = world.buyer.mandates().createCart(intent, 3_000, "usd").id();

        Submission<Mandates.Payment> held = world.buyer.mandates().pay(intent, cart, PaymentMethod.card("stripe"));

        assertThat(held).isInstanceOfSatisfying(Submission.ApprovalRequired.class, approval -> {
            assertThat(approval.reason()).isEqualTo("approval_threshold:3000>=2000");
            assertThat(approval.rule()).isEqualTo("approvals.threshold_cents");
        });
        assertThat(held.needsApproval()).isTrue();
        assertThatThrownBy(() -> world.buyer.mandates().pay(intent, cart, PaymentMethod.escrow()))
                .isInstanceOfSatisfying(PolicyDeniedException.class, e -> {
                    assertThat(e.code()).isEqualTo("policy_denied");
                    assertThat(e.detail()).contains("policy_denied:rail_not_allowed");
                    assertThat(e.retryable()).isFalse();
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "a b", "../agents", "a\nb", "%2e%2e"})
    void sendsNoRequestForAnIdThatIsNone(String id) {
        assertCode("request.invalid", () -> world.buyer.agreements().get(id));
        assertThat(world.sandbox.requests()).isEmpty();
    }

    @Test
    void refusesAnIdempotencyKeyThatNoHeaderTakes() {
        Usage usage = Usage.of(1);

        assertCode("request.invalid", () -> world.buyer.agreements().recordUsage("agr_1", usage, "a\r\nb"));
    }

    @Test
    void keepsSecretsOutOfTexts() {
        PaegentsOptions options = world.options(world.sandbox.buyer()).build();

        String texts = options + " " + PaegentsApiKey.of("sk_secret") + OwnerJwt.of("jwt_secret");

        assertThat(texts)
                .doesNotContain("secret")
                .doesNotContain(world.sandbox.buyer().apiKey());
    }

    @Test
    void readsItsOptionsFromTheEnvironment() {
        PaegentsOptions options = PaegentsOptions.fromEnvironment(Map.of(
                        "PAEGENTS_AGENT_ID", world.sandbox.buyer().id(),
                        "PAEGENTS_API_KEY", world.sandbox.buyer().apiKey(),
                        "PAEGENTS_API_URL", world.sandbox.baseUrl() + "/",
                        "OWNER_JWT", world.sandbox.buyer().ownerJwt()))
                .build();
        try (PaegentsClient client = PaegentsClient.open(options)) {
            assertThat(client.isHealthy()).isTrue();
            assertThat(client.policies().get())
                    .isEqualTo(AgentPolicy.of(JsonObject.builder().build()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://api.paegents.com", "https://user@api.paegents.com", "https://api.paegents.com?a=b"})
    void refusesAnAddressThatCredentialsMustNotGoTo(String url) {
        PaegentsOptions options =
                world.options(world.sandbox.buyer()).apiUrl(URI.create(url)).build();

        assertThatThrownBy(() -> PaegentsClient.open(options)).isInstanceOf(ConfigurationException.class);
    }
}
