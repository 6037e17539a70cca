package ai.paybond.kit.paegents.conformance;

import static ai.paybond.kit.paegents.conformance.CurveVectors.hex;

import ai.paybond.kit.paegents.evm.EvmAddress;
import ai.paybond.kit.paegents.evm.EvmPrivateKey;
import ai.paybond.kit.paegents.evm.HexData;
import ai.paybond.kit.paegents.evm.TypedData;
import ai.paybond.kit.paegents.usdc.SignedPermit;
import ai.paybond.kit.paegents.usdc.TransferAuthorization;
import ai.paybond.kit.paegents.usdc.TransferAuthorization.Submitter;
import ai.paybond.kit.paegents.usdc.UsdcAmounts;
import ai.paybond.kit.paegents.usdc.UsdcPermit;
import ai.paybond.kit.paegents.usdc.UsdcToken;
import ai.paybond.kit.paegents.x402.ExactPayment;
import ai.paybond.kit.paegents.x402.ExactPaymentSigner;
import ai.paybond.kit.paegents.x402.ExactRequirements;
import ai.paybond.kit.paegents.x402.PaymentTerms;
import ai.paybond.kit.paegents.x402.X402Version;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Permits, authorizations, payment headers and amounts. */
final class PaymentVectors {
    static final Map<String, Consumer<Vectors>> RUNNERS = Map.of(
            "evm-permit-usdc.json",
            PaymentVectors::permits,
            "evm-eip3009-usdc.json",
            file -> file.each("vectors", PaymentVectors::authorization),
            "evm-x402-exact.json",
            file -> file.each("vectors", PaymentVectors::payment),
            "paegents-fee.json",
            PaymentVectors::amounts);

    private PaymentVectors() {}

    private static void permits(Vectors file) {
        file.single("onChainDomainSeparators", entry -> entry.object("onChainDomainSeparators")
                .members()
                .keySet()
                .forEach(chain -> entry.equal(
                        Entry.text(entry.object("onChainDomainSeparators"), chain),
                        () -> hex(token(Long.parseLong(chain)).domain().separator()))));
        file.single(
                "PERMIT_TYPEHASH",
                entry -> entry.same(
                        "PERMIT_TYPEHASH", () -> hex(anyPermit().types().typeHash("Permit"))));
        file.each("vectors", PaymentVectors::permit);
    }

    private static TypedData anyPermit() {
        BigInteger zero = BigInteger.ZERO;
        return new UsdcPermit(EvmAddress.ZERO, EvmAddress.ZERO, zero, zero, zero).typedData(UsdcToken.BASE);
    }

    private static void permit(Entry entry) {
        TypedDataVectors.typedData(entry);
        JsonObject message = entry.object("message");
        UsdcPermit permit = new UsdcPermit(
                EvmAddress.parse(Entry.text(message, "owner")),
                EvmAddress.parse(Entry.text(message, "spender")),
                number(message, "value"),
                number(message, "nonce"),
                number(message, "deadline"));
        TypedData data = permit.typedData(token(entry));
        entry.same("digest", () -> hex(data.digest()));
        EvmPrivateKey key = EvmPrivateKey.parse(entry.text("privateKey"));
        entry.same("permitCalldata", () -> HexData.encode(new SignedPermit(permit, data.sign(key)).calldata()));
    }

    /** The published example has a control that recovers elsewhere; only typed entries are rebuilt from records. */
    private static void authorization(Entry entry) {
        TypedDataVectors.typedData(entry);
        if (entry.has("privateKey")) {
            entry.same("digest", () -> hex(rebuilt(entry).digest()));
        }
    }

    private static TypedData rebuilt(Entry entry) {
        JsonObject message = entry.object("message");
        return switch (entry.text("primaryType")) {
            case "TransferWithAuthorization" -> transfer(message).typedData(token(entry), Submitter.ANYONE);
            case "ReceiveWithAuthorization" -> transfer(message).typedData(token(entry), Submitter.RECEIVER);
            default ->
                TransferAuthorization.cancellation(
                        token(entry), EvmAddress.parse(Entry.text(message, "authorizer")), nonce(message));
        };
    }

    private static TransferAuthorization transfer(JsonObject message) {
        return new TransferAuthorization(
                EvmAddress.parse(Entry.text(message, "from")),
                EvmAddress.parse(Entry.text(message, "to")),
                number(message, "value"),
                number(message, "validAfter"),
                number(message, "validBefore"),
                nonce(message));
    }

    private static void payment(Entry entry) {
        JsonObject first = Entry.object(entry.object("v1"), "paymentRequirements");
        check(entry, "v1", ExactRequirements.parse(X402Version.V1, first));
        JsonObject second = Entry.object(Entry.object(entry.object("v2"), "paymentPayload"), "accepted");
        check(entry, "v2", ExactRequirements.parse(X402Version.V2, second));
    }

    private static void check(Entry entry, String version, ExactRequirements requirements) {
        JsonObject wanted = entry.object(version);
        JsonObject wantedPayload = Entry.object(wanted, "paymentPayload");
        ExactPayment payment = pay(entry, requirements, wantedPayload);
        UsdcToken token = token(requirements);
        entry.same(
                "typedDataDigest",
                () -> hex(payment.authorization()
                        .typedData(token, Submitter.ANYONE)
                        .digest()));
        entry.same("signature", () -> payment.signature().hex());
        entry.equal(
                Entry.text(wanted, "httpHeader"), () -> requirements.version().header());
        entry.equal(true, () -> payment.payload().equals(wantedPayload));
        JsonObject sent = decoded(payment.headerValue());
        entry.equal(true, () -> sent.equals(decoded(Entry.text(wanted, "base64Compact"))));
        wanted.string("base64PythonDefaultSeparators")
                .ifPresent(header -> entry.equal(true, () -> sent.equals(decoded(header))));
    }

    private static ExactPayment pay(Entry entry, ExactRequirements requirements, JsonObject wanted) {
        Clock clock = Clock.fixed(Instant.ofEpochSecond(Long.parseLong(entry.text("now"))), ZoneOffset.UTC);
        Digest32 nonce = nonce(Entry.object(Entry.object(wanted, "payload"), "authorization"));
        EvmPrivateKey key = EvmPrivateKey.parse(entry.text("privateKey"));
        PaymentTerms terms = new PaymentTerms(
                token(requirements),
                requirements.payTo(),
                requirements.amount(),
                Duration.ofSeconds(requirements.maxTimeoutSeconds()));
        JsonObject resource =
                wanted.object("resource").orElseGet(() -> JsonObject.builder().build());
        return new ExactPaymentSigner(key, clock, () -> nonce).sign(requirements, terms, resource);
    }

    private static UsdcToken token(ExactRequirements requirements) {
        return Stream.of(UsdcToken.BASE, UsdcToken.BASE_SEPOLIA, UsdcToken.ETHEREUM)
                .filter(token -> token.address().equals(requirements.asset()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not a known token"));
    }

    private static JsonObject decoded(String header) {
        return JsonObject.parse(Base64.getDecoder().decode(header));
    }

    private static void amounts(Vectors file) {
        file.each(
                "vectors",
                entry -> entry.same(
                        "feeAtomic", () -> UsdcAmounts.directPaymentFee(Long.parseLong(entry.text("cents")))));
        file.each(
                "amountToAtomic",
                entry -> entry.same("atomic", () -> UsdcAmounts.ofCents(Long.parseLong(entry.text("cents")))));
    }

    private static UsdcToken token(Entry entry) {
        return token(Long.parseLong(Entry.text(entry.object("domain"), "chainId")));
    }

    private static UsdcToken token(long chainId) {
        return UsdcToken.forChain(chainId).orElseThrow(() -> new IllegalArgumentException("not a known chain"));
    }

    private static BigInteger number(JsonObject object, String member) {
        return new BigInteger(Entry.text(object, member));
    }

    private static Digest32 nonce(JsonObject object) {
        return Digest32.of(HexData.decode(Entry.text(object, "nonce"), 32));
    }
}
