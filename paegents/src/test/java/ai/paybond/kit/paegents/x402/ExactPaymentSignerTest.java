package ai.paybond.kit.paegents.x402;

import static ai.paybond.kit.paegents.Refusals.BUYER;
import static ai.paybond.kit.paegents.Refusals.CLOCK;
import static ai.paybond.kit.paegents.Refusals.OTHER;
import static ai.paybond.kit.paegents.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.paegents.usdc.UsdcToken;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExactPaymentSignerTest {
    private static final JsonObject NO_RESOURCE = JsonObject.builder().build();
    private static final PaymentTerms TERMS =
            new PaymentTerms(UsdcToken.BASE, OTHER.address(), BigInteger.valueOf(5_000_000), Duration.ofSeconds(600));

    private final ExactPaymentSigner signer =
            new ExactPaymentSigner(BUYER, CLOCK, () -> Digest32.ofHex("ab".repeat(32)));

    private static JsonObject requirements() {
        return JsonObject.builder()
                .put("scheme", "exact")
                .put("network", "base")
                .put("maxAmountRequired", "5000000")
                .put("payTo", OTHER.address().checksummed())
                .put("maxTimeoutSeconds", 600)
                .put("asset", UsdcToken.BASE.address().checksummed())
                .build();
    }

    private ExactPayment sign(JsonObject json) {
        return signer.sign(ExactRequirements.parse(X402Version.V1, json), TERMS, NO_RESOURCE);
    }

    @Test
    void neverPrintsTheSignature() {
        ExactPayment payment = sign(requirements());

        assertThat(payment.toString()).doesNotContain(payment.signature().hex().substring(2, 66));
    }

    @ParameterizedTest
    @CsvSource({
        "network, base-sepolia, paegents.wrong_chain",
        "asset, 0x036CbD53842c5426634e7929541eC2318f3dCF7e, paegents.wrong_token",
        "payTo, 0x1111111111111111111111111111111111111111, paegents.wrong_payee",
        "maxAmountRequired, 5000001, paegents.amount",
        "maxAmountRequired, 0, paegents.amount",
        "maxAmountRequired, -1, x402.requirements",
        "maxTimeoutSeconds, 600, x402.requirements",
        "asset, 0x1, x402.requirements",
        "scheme, upto, x402.scheme"
    })
    void refusesRequirementsWithOneMemberAltered(String member, String value, String code) {
        assertRefused(code, () -> sign(requirements().with(member, value)));
    }

    @Test
    void refusesATimeoutBeyondTheTerms() {
        assertRefused("paegents.lifetime", () -> sign(requirements().with("maxTimeoutSeconds", 601)));
    }

    @Test
    void refusesASigningDomainThatIsNotTheTokens() {
        JsonObject extra = JsonObject.parse("{\"name\":\"USDC\"}");

        assertRefused("paegents.wrong_domain", () -> sign(requirements().with("extra", extra)));
    }

    @Test
    void refusesOtherWaysOfTransfer() {
        JsonObject extra = JsonObject.parse("{\"assetTransferMethod\":\"permit2\"}");

        assertRefused("x402.scheme", () -> sign(requirements().with("extra", extra)));
    }
}
