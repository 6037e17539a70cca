package ai.paybond.kit.wire.conformance;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.Strictness;
import ai.paybond.kit.wire.TrustedKeys;
import ai.paybond.kit.wire.Verdict;
import ai.paybond.kit.wire.disclosure.DisclosureKey;
import ai.paybond.kit.wire.disclosure.OwnerDisclosure;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.export.ActaProjection;
import ai.paybond.kit.wire.export.PefFrame;
import ai.paybond.kit.wire.export.ScittStatement;
import ai.paybond.kit.wire.internal.Text;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

/** Receipts in other forms: exports and owner disclosures. */
final class ExportVectors {
    static final Map<String, Consumer<VectorFile>> RUNNERS = Map.of(
            "agent-receipt-interop.json", ExportVectors::interop,
            "owner-disclosure.json", ExportVectors::disclosure);

    private ExportVectors() {}

    private static void interop(VectorFile file) {
        file.each("pef", ExportVectors::pef);
        file.each(
                "acta",
                entry -> entry.sameOrRefused(
                        "result", () -> ActaProjection.of(entry.object("receipt_json"), Strictness.PEER)));
        file.each("scitt", ExportVectors::scitt);
    }

    private static void pef(VectorEntry entry) {
        PefFrame frame = new PefFrame(
                entry.object("receipt_json"),
                entry.text("frame_provider_did"),
                entry.vector().integer("frame_timestamp_ms").orElseThrow());
        JsonObject json = frame.toJson(Strictness.PEER);
        entry.same("receipt_hash", () -> frame.receiptHash(Strictness.PEER));
        entry.same("frame_id", () -> frame.frameId(Strictness.PEER));
        entry.same("frame_json", () -> json);
        entry.verdict(isOk(entry, "verify"), () -> verifiesPef(json));
        entry.verdict(isOk(entry, "verify_tampered"), () -> verifiesPef(json.with("frame_timestamp_ms", 1)));
        entry.verdict(isOk(entry, "verify_bad_hash"), () -> verifiesPef(json.with("receipt_hash", "sha256:00")));
    }

    private static boolean verifiesPef(JsonObject frame) {
        return PefFrame.verify(frame, Strictness.PEER) != null;
    }

    private static boolean isOk(VectorEntry entry, String member) {
        return entry.vector()
                .object(member)
                .flatMap(result -> result.bool("ok"))
                .orElseThrow();
    }

    private static void scitt(VectorEntry entry) {
        JsonObject input = entry.input();
        ScittStatement statement = new ScittStatement(
                VectorEntry.text(input, "receipt_id"),
                Digest32.ofHex(Text.fold(VectorEntry.text(input, "message_digest_sha256_hex"))),
                VectorEntry.text(input, "issuer"),
                input.string("kid").orElse(""));
        JsonObject export = statement.sign(SigningKey.fromSeedHex(VectorEntry.text(input, "seed_hex")));
        entry.same("protected_header_hex", () -> Hex.encode(statement.protectedHeader()));
        entry.same("export_json", () -> export);
        entry.verdict(isOk(entry, "verify"), () -> verifiesScitt(export));
        entry.verdict(isOk(entry, "verify_tampered"), () -> verifiesScitt(export.with("receipt_id", "other")));
    }

    private static boolean verifiesScitt(JsonObject export) {
        return ScittStatement.verify(export, TrustedKeys.unpinned()) instanceof Verdict.ValidUnpinned<ScittStatement>;
    }

    private static void disclosure(VectorFile file) {
        file.each("vectors", ExportVectors::disclosed);
        file.each("errors", entry -> {
            VectorEntry first = new VectorEntry("vectors[0]", file.first("vectors"));
            DisclosureKey key = DisclosureKey.of(Hex.decode(first.text("recipient_private_key_hex")));
            JsonObject patched = JsonObject.builder()
                    .putAll(first.object("package_json"))
                    .putAll(entry.vector().object("patch").orElseThrow())
                    .build();
            entry.refused(() -> OwnerDisclosure.open(patched, key));
        });
    }

    private static void disclosed(VectorEntry entry) {
        DisclosureKey key = DisclosureKey.of(Hex.decode(entry.text("recipient_private_key_hex")));
        JsonObject plaintext = entry.object("plaintext_json");
        Instant derivedAt = Instant.parse(plaintext.string("derived_at").orElseThrow());
        JsonObject extensions = plaintext.object("extensions").orElse(null);
        entry.same("recipient_public_key_hex", key::publicKeyHex);
        entry.same("plaintext_json", () -> OwnerDisclosure.open(entry.object("package_json"), key));
        entry.same(
                "plaintext_json", () -> OwnerDisclosure.plaintext(entry.object("receipt_json"), derivedAt, extensions));
    }
}
