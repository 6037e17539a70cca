package ai.paybond.kit.wire.conformance;

import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.Strictness;
import ai.paybond.kit.wire.TrustedKeys;
import ai.paybond.kit.wire.Verdict;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.internal.Text;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.mandate.AgentMandate;
import ai.paybond.kit.wire.receipt.AuthorizationReceipt;
import ai.paybond.kit.wire.receipt.SettlementReceipt;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.Consumer;

/** Mandates and the two protocol receipts. */
final class MandateVectors {
    static final Map<String, Consumer<VectorFile>> RUNNERS = Map.of(
            "agent-mandate.json", MandateVectors::mandates,
            "protocol-receipt.json", MandateVectors::receipts);

    /** Before anything in the vectors expires; the peer does not look at the expiry of receipts. */
    private static final Clock EARLY = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    private MandateVectors() {}

    private static void mandates(VectorFile file) {
        file.each("vectors", entry -> {
            AgentMandate mandate = AgentMandate.of(entry.object("input_json"), Strictness.PEER);
            entry.same("canonical_json", mandate::canonicalJson);
            entry.same("canonical_hex", () -> Hex.encode(Text.utf8(mandate.canonicalJson())));
            entry.same("digest_sha256_hex", mandate::digest);
            entry.same("signed_json", () -> mandate.sign(key(entry)));
        });
        file.each(
                "normalize_errors",
                entry -> entry.refused(() -> AgentMandate.of(entry.object("input_json"), Strictness.PEER)));
        file.each("verify", entry -> {
            Clock now = Clock.fixed(Instant.parse(entry.text("now")), ZoneOffset.UTC);
            entry.verdict(
                    entry.isOk(),
                    () -> isWhole(
                            AgentMandate.verify(objectOrEmpty(entry), TrustedKeys.unpinned(), now, Strictness.PEER)));
        });
    }

    /** What is no object reads as an empty one. */
    private static JsonObject objectOrEmpty(VectorEntry entry) {
        return entry.json("signed_json") instanceof JsonObject object
                ? object
                : JsonObject.builder().build();
    }

    private static void receipts(VectorFile file) {
        file.each("authorization", entry -> {
            AuthorizationReceipt receipt = AuthorizationReceipt.of(entry.object("input_json"), Strictness.PEER);
            entry.same("canonical_json", receipt::canonicalJson);
            entry.same("canonical_hex", () -> Hex.encode(Text.utf8(receipt.canonicalJson())));
            entry.same("signed_json", () -> receipt.sign(key(entry)));
        });
        file.each("settlement", entry -> {
            SettlementReceipt receipt = SettlementReceipt.of(entry.object("input_json"), Strictness.PEER);
            entry.same("canonical_json", receipt::canonicalJson);
            entry.same("canonical_hex", () -> Hex.encode(Text.utf8(receipt.canonicalJson())));
            entry.same("signed_json", () -> receipt.sign(key(entry)));
        });
        file.each("verify", entry -> entry.verdict(entry.isOk(), () -> isWhole(verify(entry))));
    }

    private static Verdict<?> verify(VectorEntry entry) {
        JsonObject signed = objectOrEmpty(entry);
        return entry.text("kind").equals("authorization")
                ? AuthorizationReceipt.verify(signed, TrustedKeys.unpinned(), EARLY, Strictness.PEER)
                : SettlementReceipt.verify(signed, TrustedKeys.unpinned(), Strictness.PEER);
    }

    /** The peer pins no keys here, so its yes is our loud half-yes. */
    private static boolean isWhole(Verdict<?> verdict) {
        return !(verdict instanceof Verdict.Invalid<?>);
    }

    private static SigningKey key(VectorEntry entry) {
        return SigningKey.fromSeedHex(entry.text("seed_hex"));
    }
}
