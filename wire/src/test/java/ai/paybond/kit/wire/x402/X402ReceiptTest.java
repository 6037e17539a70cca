package ai.paybond.kit.wire.x402;

import static ai.paybond.kit.wire.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.wire.Samples;
import ai.paybond.kit.wire.Strictness;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class X402ReceiptTest {
    private static String code(JsonObject signed, String signer) {
        return X402Receipt.verify(signed, signer).code();
    }

    @Test
    void believesTheExpectedSignerOnly() {
        assertThat(code(Samples.jwsReceipt(), Samples.jwsReceiptSigner())).isEqualTo("valid");
        assertThat(code(Samples.jwsReceipt(), "someone else")).isEqualTo("x402.untrusted_signer");
        assertThat(code(Samples.jwsReceipt(), "  ")).isEqualTo("x402.expected_signer");
        assertThat(code(Samples.typedReceipt(), "0x" + "00".repeat(20))).isEqualTo("x402.untrusted_signer");
    }

    @Test
    void refusesAnyChangeOfACompactJws() {
        JsonObject signed = Samples.jwsReceipt();
        String compact = signed.string("signature").orElseThrow();
        for (int i = 0; i < compact.length(); i++) {
            String changed = compact.substring(0, i) + (char) (compact.charAt(i) ^ 1) + compact.substring(i + 1);
            assertThat(X402Receipt.verify(signed.with("signature", changed), Samples.jwsReceiptSigner())
                            .isTrusted())
                    .as("character %d", i)
                    .isFalse();
        }
    }

    @Test
    void refusesAPayloadBesideAJws() {
        JsonObject signed = Samples.jwsReceipt().with("payload", JsonObject.parse("{\"payer\":\"0xother\"}"));

        assertThat(code(signed, Samples.jwsReceiptSigner())).isEqualTo("x402.form");
    }

    @Test
    void refusesTheHighFormOfASignature() {
        JsonObject high = Samples.entry("x402.json", "eip712_variations", "high-S accepted?")
                .object("signed")
                .orElseThrow();

        assertThat(code(high, Samples.typedReceiptSigner())).isEqualTo("x402.signature_malleable");
        assertThat(X402Receipt.verify(high, Samples.typedReceiptSigner(), Strictness.PEER)
                        .isTrusted())
                .isTrue();
    }

    @Test
    void refusesMembersThatTheSignatureDoesNotCover() {
        JsonObject signed = Samples.typedReceipt();
        JsonObject more = signed.object("payload").orElseThrow().with("quantity", 7);

        assertThat(code(signed.with("payload", more), Samples.typedReceiptSigner()))
                .isEqualTo("x402.unsigned_member");
    }

    @Test
    void refusesFundingAsDeliveryAtAnyDepth() {
        JsonObject funding = JsonObject.parse("{\"receipt\":{\"payment_session_id\":\"s\"}}");

        X402Receipt.requireDelivery(funding, Strictness.PEER);
        assertRefused("x402.funding", () -> X402Receipt.requireDelivery(funding, Strictness.STRICT));
        assertRefused(
                "x402.funding",
                () -> X402Receipt.requireDelivery(
                        JsonObject.parse("{\"type\":\"authorization_succeeded\"}"), Strictness.PEER));
    }

    @Test
    void refusesAnAnswerWithoutAReceipt() {
        assertRefused("x402.missing", () -> X402Receipt.extract(JsonObject.parse("{\"ok\":true}")));
    }

    @Test
    void refusesFundingInAListToo() {
        JsonObject funding = JsonObject.parse("{\"events\":[[{\"type\":\"authorization_succeeded\"}]]}");

        assertRefused("x402.funding", () -> X402Receipt.requireDelivery(funding, Strictness.STRICT));
    }

    @Test
    void refusesTextThatHashesLikeAnotherText() {
        JsonObject payload = Samples.typedReceipt().object("payload").orElseThrow();
        JsonObject replaced = payload.with("resourceUrl", "\ufffd");
        JsonObject halved = payload.with("resourceUrl", "\ud800");

        assertThat(Eip712Receipt.digest(halved, Strictness.PEER))
                .isEqualTo(Eip712Receipt.digest(replaced, Strictness.STRICT));
        assertRefused("text.surrogate", () -> Eip712Receipt.digest(halved, Strictness.STRICT));
    }

    @Test
    void noAddressBelongsToWhatIsNoPrivateKey() {
        byte[] large = new byte[32];
        Arrays.fill(large, (byte) 0xFF);

        assertRefused("x402.private_key", () -> Eip712Receipt.address(new byte[32]));
        assertRefused("x402.private_key", () -> Eip712Receipt.address(new byte[31]));
        assertRefused("x402.private_key", () -> Eip712Receipt.address(large));
    }
}
