package ai.paybond.kit.wire.conformance;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.Strictness;
import ai.paybond.kit.wire.TrustedKeys;
import ai.paybond.kit.wire.Verdict;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.internal.Text;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonLimits;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import ai.paybond.kit.wire.receipt.AgentReceipt;
import ai.paybond.kit.wire.receipt.Continuity;
import ai.paybond.kit.wire.receipt.OperatorAttestation;
import ai.paybond.kit.wire.receipt.ReceiptHashes;
import ai.paybond.kit.wire.receipt.ReceiptTrust;
import ai.paybond.kit.wire.receipt.ValidityTier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Agent receipts. */
final class AgentReceiptVectors {
    static final Map<String, Consumer<VectorFile>> RUNNERS = Map.of("agent-receipt.json", AgentReceiptVectors::run);

    private AgentReceiptVectors() {}

    private static void run(VectorFile file) {
        file.each("vectors", AgentReceiptVectors::vector);
        file.each("verify", AgentReceiptVectors::verify);
        file.each(
                "achieved_tier",
                entry -> entry.same("tier", () -> {
                    TrustedKeys operators = TrustedKeys.ofHex(strings(entry.vector(), "trusted"));
                    return AgentReceipt.of(entry.object("receipt_json"), Strictness.PEER)
                            .achievedTier(operators)
                            .text();
                }));
        file.each("continuity_chain", entry -> entry.verdict(entry.isOk(), () -> isUnbroken(entry)));
        file.each(
                "continuity_from_prior",
                entry -> entry.sameOrRefused(
                        "result", () -> Continuity.after(prior(entry), entry.text("run_id"), Strictness.PEER)
                                .toJson()));
        file.each("attach_operator", entry -> entry.sameOrRefused("operator_attestation", () -> attach(entry)));
        helpers(file);
    }

    private static boolean isUnbroken(VectorEntry entry) {
        List<JsonObject> receipts = strings(entry.vector(), "receipts_json").stream()
                .map(json -> JsonObject.parse(json, JsonLimits.lenient()))
                .toList();
        Continuity.requireUnbroken(receipts, Strictness.PEER);
        return true;
    }

    private static void vector(VectorEntry entry) {
        JsonObject signed = entry.object("signed_receipt_json");
        AgentReceipt receipt = AgentReceipt.of(signed, Strictness.PEER);
        entry.same("normalized_json", () -> AgentReceipt.normalizeSigned(signed, Strictness.PEER));
        entry.same("canonical_json", receipt::canonicalJson);
        entry.same("canonical_hex", () -> Hex.encode(Text.utf8(receipt.canonicalJson())));
        entry.same("message_digest_sha256_hex", receipt::digest);
        entry.same("verify_ok", () -> isWhole(signed, JsonObject.builder().build()));
        SigningKey gateway = SigningKey.fromSeedHex(entry.text("gateway_seed_hex"));
        entry.equal(
                signed.string("ed25519_signature_hex").orElse(""),
                () -> receipt.sign(gateway).string("ed25519_signature_hex").orElse(""));
    }

    private static void verify(VectorEntry entry) {
        JsonObject options = entry.vector().object("options").orElseGet(() -> JsonObject.builder()
                .build());
        entry.verdict(entry.isOk(), () -> isWhole(entry.object("receipt_json"), options));
    }

    private static boolean isWhole(JsonObject receipt, JsonObject options) {
        return !(AgentReceipt.verify(receipt, trust(options), Strictness.PEER) instanceof Verdict.Invalid<?>);
    }

    private static ReceiptTrust trust(JsonObject options) {
        ValidityTier tier =
                ValidityTier.of(options.string("requiredValidityTier").orElse(""));
        ReceiptTrust trust = ReceiptTrust.in(gatewayKeys(options))
                .operators(operatorKeys(options, tier))
                .requiring(tier);
        return options.string("expectedPriorMessageDigestHex")
                .map(hex -> trust.following(Digest32.ofHex(Text.fold(hex))))
                .orElse(trust);
    }

    /** The peer takes an empty list for no pin. */
    private static TrustedKeys gatewayKeys(JsonObject options) {
        List<String> keys = strings(options, "expectedSigningPublicKeys");
        return keys.isEmpty() ? TrustedKeys.unpinned() : TrustedKeys.ofHex(keys);
    }

    private static TrustedKeys operatorKeys(JsonObject options, ValidityTier tier) {
        boolean registry = options.bool("verifyOperatorAgainstRegistry")
                .orElse(options.string("trustMode").orElse("").equals("tenant_registry"));
        return registry || tier == ValidityTier.ATTESTED
                ? TrustedKeys.ofHex(strings(options, "trustedOperatorPublicKeys"))
                : TrustedKeys.unpinned();
    }

    private static List<String> strings(JsonObject object, String member) {
        return object.array(member).flatMap(JsonArray::strings).orElse(List.of());
    }

    private static @Nullable JsonObject prior(VectorEntry entry) {
        return entry.vector()
                .string("prior_json")
                .map(json -> JsonObject.parse(json, JsonLimits.lenient()))
                .orElse(null);
    }

    private static JsonValue attach(VectorEntry entry) {
        byte[] key = Hex.decode(entry.text("private_key_hex"));
        // a 64-byte private key is the seed followed by the public key
        SigningKey operator = SigningKey.fromSeed(key.length == 64 ? Arrays.copyOf(key, 32) : key);
        return OperatorAttestation.sign(
                entry.object("receipt_json"), operator, entry.text("operator_did"), Strictness.PEER);
    }

    private static void helpers(VectorFile file) {
        file.each(
                "helpers",
                "action_receipt_id",
                entry -> entry.same(
                        "hex",
                        () -> ReceiptHashes.actionReceiptId(entry.text("intent_id"), entry.text("tool_call_id"))));
        file.each(
                "helpers", "prompt_hash", entry -> entry.same("hex", () -> ReceiptHashes.prompt(entry.text("prompt"))));
        file.each(
                "helpers",
                "config_hash",
                entry -> entry.same("hex", () -> ReceiptHashes.value(entry.input(), Strictness.PEER)));
        file.each(
                "helpers",
                "value_digest",
                entry -> entry.same("hex", () -> ReceiptHashes.value(entry.json("input_json"), Strictness.PEER)));
    }
}
