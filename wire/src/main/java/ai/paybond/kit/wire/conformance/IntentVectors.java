package ai.paybond.kit.wire.conformance;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.Strictness;
import ai.paybond.kit.wire.intent.IntentStatement;
import ai.paybond.kit.wire.intent.IntentVersion;
import ai.paybond.kit.wire.intent.SignedIntent;
import ai.paybond.kit.wire.internal.Base64Text;
import ai.paybond.kit.wire.json.CanonicalJson;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Intents in the varint coding. */
final class IntentVectors {
    static final Map<String, Consumer<VectorFile>> RUNNERS = Map.of(
            "intent-v6.json", IntentVectors::version6,
            "intent-v7.json", IntentVectors::version7,
            "intent-v4-v5.json", IntentVectors::versions4And5,
            "completion-contract-tail.json", IntentVectors::tails);

    private IntentVectors() {}

    private static void version6(VectorFile file) {
        file.each("vectors", entry -> vector(entry, IntentVersion.V6));
        file.each(
                "errors",
                entry -> entry.sameOrRefused("principal_signature_base64", () -> {
                    SignedIntent signed = IntentInputs.sign(altered6(file, entry.name()), IntentVersion.V6);
                    return Base64Text.encode(signed.signature());
                }));
    }

    private static void version7(VectorFile file) {
        file.each("vectors", entry -> vector(entry, IntentVersion.V7));
        file.each(
                "errors",
                entry -> entry.refused(() -> {
                    JsonObject base = file.first("vectors").object("input").orElseThrow();
                    return IntentInputs.sign(altered7(base, entry.name()), IntentVersion.V7);
                }));
    }

    private static void versions4And5(VectorFile file) {
        file.each("vectors", entry -> {
            boolean five = entry.vector().integer("signing_version").orElseThrow() == 5;
            IntentVersion version = five ? IntentVersion.V5 : IntentVersion.V4;
            IntentStatement statement = IntentInputs.statement(entry.input(), version);
            entry.same("sign_bytes_hex", () -> Hex.encode(statement.signBytes(version, Strictness.PEER)));
        });
    }

    private static void tails(VectorFile file) {
        file.each(
                "vectors",
                entry -> entry.same(
                        "tail_hex",
                        () -> Hex.encode(IntentInputs.contract(entry.input()).tail())));
    }

    static void vector(VectorEntry entry, IntentVersion version) {
        IntentStatement statement = IntentInputs.statement(entry.input(), version);
        SignedIntent signed = IntentInputs.sign(entry.input(), version);
        entry.same("budget_canonical_json", () -> CanonicalJson.lax(statement.budget()));
        entry.same("budget_digest_hex", () -> Digest32.ofCanonical(statement.budget(), Strictness.PEER));
        entry.same("evidence_schema_canonical_json", () -> CanonicalJson.lax(statement.evidenceSchema()));
        entry.same(
                "evidence_schema_digest_hex", () -> Digest32.ofCanonical(statement.evidenceSchema(), Strictness.PEER));
        entry.same("predicate_canonical_json", () -> CanonicalJson.lax(statement.predicate()));
        entry.same("predicate_digest_hex", () -> Digest32.ofCanonical(statement.predicate(), Strictness.PEER));
        entry.same("allowed_tools_canonical_json", () -> CanonicalJson.lax(statement.canonicalTools()));
        entry.same("allowed_tools_digest_hex", () -> statement.toolsDigest(Strictness.PEER));
        entry.same("principal_pubkey_hex", () -> signed.principalKey().hex());
        entry.same("payee_pubkey_hex", () -> statement.payeeKey().orElseThrow().hex());
        entry.same("sign_bytes_hex", () -> Hex.encode(statement.signBytes(version, Strictness.PEER)));
        entry.same("principal_signature_base64", () -> Base64Text.encode(signed.signature()));
        entry.same("request_body_json", signed::bodyJson);
    }

    private static JsonObject altered6(VectorFile file, String name) {
        JsonObject base = file.first("vectors").object("input").orElseThrow();
        if (name.startsWith("contract ")) {
            return base.with("completion_contract", alteredContract(file, name));
        }
        if (name.startsWith("eur on ")) {
            return base.with("currency", "eur").with("settlement_rail", rail(name));
        }
        return switch (name) {
            case "principal seed short" -> base.with("principal_seed_hex", "00".repeat(31));
            case "payee seed short" -> base.with("payee_seed_hex", "00".repeat(33));
            case "empty tools" -> base.with("allowed_tools", List.of());
            case "rail case sensitive" -> base.with("settlement_rail", "Stripe_Connect");
            case "bad uuid" -> base.with("intent_id", "x");
            case "fractional cents" -> base.with("amount_cents", 1.5);
            default -> throw new IllegalArgumentException("an error this runner cannot make: " + name);
        };
    }

    private static String rail(String name) {
        List<String> rails =
                List.of("stripe_connect", "stripe_ach_debit", "stripe_mpp", "adyen_manual_capture", "x402_usdc_base");
        String hint = name.replaceFirst("^eur on ", "").split(" ", 2)[0];
        return rails.stream().filter(rail -> rail.contains(hint)).findFirst().orElse(hint);
    }

    private static JsonObject alteredContract(VectorFile file, String name) {
        JsonObject contract = file.named("vectors", "completion contract vendor pack")
                .object("input")
                .orElseThrow()
                .object("completion_contract")
                .orElseThrow();
        return switch (name) {
            case "contract bad canonical digest" -> contract.with("canonicalSchemaDigestHex", "abc");
            case "contract empty canonical digest = zeros" -> contract.with("canonicalSchemaDigestHex", "");
            case "contract non-hex digest" -> contract.with("vendorSchemaDigestHex", "zz".repeat(32));
            default -> throw new IllegalArgumentException("an error this runner cannot make: " + name);
        };
    }

    private static JsonObject altered7(JsonObject base, String name) {
        return switch (name) {
            case "head template mismatch" -> with(base, "policy_binding", "templateId", "other");
            case "head seq mismatch" -> with(base, "policy_binding", "versionSeq", 4);
            case "bad digest" ->
                with(base, "published_policy_head", "policyContentDigestHex", "sha256:" + "ab".repeat(32));
            case "negative seq" -> withSeq(base, -1);
            case "fractional seq" -> withSeq(base, 1.5);
            case "empty tools" -> base.with("allowed_tools", List.of());
            case "eur on x402" -> base.with("settlement_rail", "x402_usdc_base").with("currency", "EUR");
            default -> throw new IllegalArgumentException("an error this runner cannot make: " + name);
        };
    }

    private static JsonObject withSeq(JsonObject base, Number seq) {
        return with(with(base, "policy_binding", "versionSeq", seq), "published_policy_head", "versionSeq", seq);
    }

    private static JsonObject with(JsonObject base, String object, String member, Object value) {
        return base.with(object, base.object(object).orElseThrow().with(member, value));
    }
}
