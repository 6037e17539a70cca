package ai.paybond.kit.fuzz;

import ai.paybond.kit.PaybondException;
import ai.paybond.kit.nevermined.PaymentRequired;
import ai.paybond.kit.nevermined.X402AccessToken;
import ai.paybond.kit.nevermined.http.RoutePattern;
import ai.paybond.kit.nevermined.message.A2aPayments;
import ai.paybond.kit.nevermined.message.McpPayments;
import ai.paybond.kit.nevermined.message.MppMessages;
import ai.paybond.kit.paegents.SigningRefusedException;
import ai.paybond.kit.paegents.evm.EvmAddress;
import ai.paybond.kit.paegents.evm.EvmPrivateKey;
import ai.paybond.kit.paegents.usdc.UsdcToken;
import ai.paybond.kit.paegents.x402.ExactPaymentSigner;
import ai.paybond.kit.paegents.x402.ExactRequirements;
import ai.paybond.kit.paegents.x402.PaymentTerms;
import ai.paybond.kit.paegents.x402.X402Version;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Strictness;
import ai.paybond.kit.wire.Verdict;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.x402.X402Receipt;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What a stranger's server or client says about a payment: x402 of both kinds, Nevermined's, and the signed receipts. */
final class PaymentTarget implements FuzzTarget {
    private static final String PAYEE = "0x209693bc6afc0c5328ba36faf03c514ef312287c";
    private static final String SIGNER = "0x" + "cd".repeat(20);
    private static final PaymentTerms TERMS = new PaymentTerms(
            UsdcToken.forChain(84_532).orElseThrow(),
            EvmAddress.parse(PAYEE),
            BigInteger.valueOf(10_000),
            Duration.ofMinutes(5));
    private static final ExactPaymentSigner PAYER = new ExactPaymentSigner(
            EvmPrivateKey.parse("0x" + "11".repeat(32)),
            Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC),
            () -> Digest32.of(new byte[32]));
    private static final RoutePattern ROUTE = RoutePattern.of("GET", "/books/:id/pages/*");

    private static final List<Consumer<String>> READERS = List.of(
            text -> pay(X402Version.V1, text),
            text -> pay(X402Version.V2, text),
            text -> receipt(text, Strictness.STRICT),
            text -> receipt(text, Strictness.PEER),
            text -> PaymentRequired.fromHeader(text).ifPresent(PaymentRequired::toHeader),
            text -> PaymentRequired.read(JsonObject.parse(text)).ifPresent(PaymentRequired::toHeader),
            text -> X402AccessToken.of(text).decode().ifPresent(payload -> {
                payload.planId();
                payload.scheme();
                payload.subscriber();
                payload.unverifiedCardClaims();
            }),
            MppMessages::parseChallenge,
            MppMessages::parseCredential,
            MppMessages::parseReceipt,
            text -> a2a(JsonObject.parse(text)),
            text -> McpPayments.payment(JsonObject.parse(text)),
            text -> McpPayments.readPaymentRequired(JsonObject.parse(text)),
            text -> McpPayments.receipt(JsonObject.parse(text)),
            text -> McpPayments.toolUrl("server", "tool", JsonObject.parse(text)),
            text -> ROUTE.matches("GET", text));

    private static void pay(X402Version version, String text) {
        try {
            ExactRequirements requirements = ExactRequirements.parse(version, JsonObject.parse(text));
            if (requirements.amount().compareTo(TERMS.maxAmount()) > 0) {
                refuses(requirements);
            } else {
                PAYER.sign(requirements, TERMS, JsonObject.parse("{}")).headerValue();
            }
        } catch (SigningRefusedException declared) {
            // what both say they throw
        }
    }

    private static void refuses(ExactRequirements requirements) {
        try {
            PAYER.sign(requirements, TERMS, JsonObject.parse("{}"));
        } catch (WireException declared) {
            return;
        }
        throw new AssertionError("signed for more than was agreed to");
    }

    private static void receipt(String text, Strictness strictness) {
        JsonObject signed = X402Receipt.extract(JsonObject.parse(text));
        if (X402Receipt.verify(signed, SIGNER, strictness) instanceof Verdict.Valid) {
            throw new AssertionError("valid although nobody has this address's key");
        }
    }

    private static void a2a(JsonObject json) {
        A2aPayments.payment(json);
        A2aPayments.status(json);
        A2aPayments.readPaymentRequired(json);
        A2aPayments.receipts(json);
    }

    @Override
    public void run(byte[] bytes) {
        Input input = new Input(bytes);
        Consumer<String> reader = READERS.get(input.choice(READERS.size()));
        try {
            reader.accept(input.text());
        } catch (WireException | PaybondException declared) {
            // what these say they throw
        }
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        seeds.add(Input.of('a', requirements("base-sepolia", "maxAmountRequired")));
        seeds.add(Input.of('b', requirements("eip155:84532", "amount")));
        add(seeds, "ab", Vectors.objects("paegents", "evm-x402-exact"));
        add(seeds, "cd", Vectors.objects("wire", "x402"));
        add(seeds, "f", Vectors.objects("nevermined", "nevermined-payment-required"));
        add(seeds, "eg", Vectors.texts("nevermined", "nevermined-payment-required"));
        add(seeds, "g", Vectors.texts("nevermined", "nevermined-token-payloads"));
        add(seeds, "hij", Vectors.texts("nevermined", "nevermined-mpp"));
        add(seeds, "k", Vectors.objects("nevermined", "nevermined-a2a"));
        add(seeds, "lmno", Vectors.objects("nevermined", "nevermined-mcp"));
        add(seeds, "p", List.of("/books/1/pages/2", "/books/%2e%2e/pages/x", "/books//pages"));
        return seeds;
    }

    private static String requirements(String network, String amount) {
        return "{\"scheme\":\"exact\",\"network\":\"" + network + "\",\"" + amount + "\":\"5000\",\"payTo\":\"" + PAYEE
                + "\",\"asset\":\"0x036CbD53842c5426634e7929541eC2318f3dCF7e\",\"maxTimeoutSeconds\":60,"
                + "\"resource\":\"https://x.example\",\"extra\":{\"name\":\"USDC\",\"version\":\"2\"}}";
    }

    private static void add(List<byte[]> seeds, String choices, List<String> texts) {
        for (char choice : choices.toCharArray()) {
            texts.stream().limit(40).forEach(text -> seeds.add(Input.of(choice, text)));
        }
    }
}
