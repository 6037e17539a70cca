package ai.paybond.kit.paegents.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.paegents.PaegentsWorld;
import ai.paybond.kit.paegents.SellerEndpoint;
import ai.paybond.kit.sandbox.paegents.PaegentsFault;
import ai.paybond.kit.sandbox.paegents.PaegentsRequest;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls through the metered proxy to a seller that really answers. */
class MeteredClientTest {
    private static final JsonObject BODY =
            JsonObject.builder().put("prompt", "hello").build();

    private final PaegentsWorld world = new PaegentsWorld();
    private final SellerEndpoint seller = SellerEndpoint.start();
    private Agreement agreement;
    private MeteredClient metered;

    @BeforeEach
    void agree() {
        agreement = world.buyer
                .agreements()
                .create(world.request(world.service("Text", seller.url()), 5).build())
                .orThrow();
        metered = world.buyer.metered(agreement.id());
    }

    @AfterEach
    void close() {
        seller.close();
        world.close();
    }

    private void activate() {
        world.activate(agreement, 5);
    }

    private static void assertCode(String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(PaegentsApiException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }

    @Test
    void isRefusedBeforeActivation() {
        assertCode("agreement_not_active:accepted", () -> metered.post("/generate", BODY));
    }

    @Test
    void reachesTheSellerWithEveryMethodAndCountsUnits() {
        activate();

        assertThat(metered.post("/generate", BODY).text()).isEqualTo("{\"echo\":\"POST /generate\"}");
        assertThat(metered.put("generate/1", BODY, Map.of()).units()).isEqualTo(1);
        assertThat(metered.patch("generate/1", BODY, Map.of()).json()).isPresent();
        assertThat(metered.delete("generate/1", Map.of()).status()).isEqualTo(200);

        MeteredClient.UsageStatus usage = metered.usageStatus();
        assertThat(usage.unitsUsed()).isEqualTo(4);
        assertThat(usage.unitsRemaining()).isEqualTo(1);
        assertThat(usage.unitsTotal()).isEqualTo(5);
        assertThat(usage.status()).isEqualTo("active");
        assertThat(usage.escrowStatus()).contains("funded");
        assertThat(seller.keys()).containsOnly("seller-secret");
    }

    @Test
    void paysForARepeatedReadOnceInFiveSeconds() {
        activate();

        metered.get("/model");
        metered.get("/model");
        assertThat(metered.usageStatus().unitsUsed()).isEqualTo(1);
        world.clock.advance(Duration.ofSeconds(6));
        metered.get("/model");

        assertThat(metered.usageStatus().unitsUsed()).isEqualTo(2);
    }

    @Test
    void neverSendsAWriteTwice() {
        activate();
        world.sandbox.failNext("POST /generate", PaegentsFault.replyLost());

        assertCode("paegents.unreachable", () -> metered.post("/generate", BODY));
        assertThat(metered.usageStatus().unitsUsed()).isEqualTo(1);
    }

    @Test
    void sendsAReadAgainUnderAFreshNonce() {
        activate();
        world.sandbox.failNext("GET /model", PaegentsFault.status(503));

        metered.get("/model");

        List<String> nonces = world.sandbox.requests().stream()
                .filter(request -> request.path().endsWith("/model"))
                .map(PaegentsRequest::headers)
                .map(headers -> headers.get("x-request-nonce"))
                .toList();
        assertThat(nonces).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void neverTakesARefusalForAPolicys() {
        activate();
        for (int i = 0; i < 5; i++) {
            metered.post("/generate", BODY);
        }

        assertCode("units_exhausted", () -> metered.post("/generate", BODY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "//other.example/x",
                "https://other.example/x",
                "../agents",
                "a/../b",
                "a/%2e%2E/b",
                "status",
                "/status",
                "a?b=c",
                "a\\b"
            })
    void staysBelowItsAgreement(String path) {
        int before = world.sandbox.requests().size();

        assertCode("request.invalid", () -> metered.post(path, BODY));
        assertThat(world.sandbox.requests()).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization", "x-request-nonce", "X-API-Key", "bad name", "Host"})
    void letsNoHeaderReplaceItsOwn(String name) {
        assertCode("request.invalid", () -> metered.post("/generate", BODY, Map.of(name, "value")));
    }

    @Test
    void passesAHeaderOfTheCallersOn() {
        activate();

        metered.post("/generate", BODY, Map.of("X-Trace", "abc"));

        assertThat(world.sandbox
                        .requests()
                        .get(world.sandbox.requests().size() - 1)
                        .headers())
                .containsEntry("x-trace", "abc");
    }
}
