package ai.paybond.kit.wire.conformance;

import ai.paybond.kit.wire.Strictness;
import ai.paybond.kit.wire.TrustedKeys;
import ai.paybond.kit.wire.Verdict;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.attestation.ExternalAttestation;
import ai.paybond.kit.wire.audit.AuditManifest;
import ai.paybond.kit.wire.inclusion.InclusionProof;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.mandate.AgentMandate;
import ai.paybond.kit.wire.sep2828.Sep2828Pair;
import ai.paybond.kit.wire.sep2828.Sep2828Record;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What stands around agent receipts: log inclusion, SEP-2828 records, attestations, audit manifests. */
final class ReceiptExtraVectors {
    static final Map<String, Consumer<VectorFile>> RUNNERS = Map.of(
            "agent-receipt-inclusion.json", ReceiptExtraVectors::inclusion,
            "sep2828.json", ReceiptExtraVectors::sep2828,
            "external-attestations.json", ReceiptExtraVectors::attestations,
            "audit-manifest.json", ReceiptExtraVectors::audit);

    private ReceiptExtraVectors() {}

    private static void inclusion(VectorFile file) {
        file.each("vectors", entry -> {
            entry.verdict(entry.isOk(), () -> isWhole(inclusion(entry, TrustedKeys.unpinned())));
            entry.same(
                    "sth_canonical_json",
                    () -> whole(inclusion(entry, TrustedKeys.unpinned())).head().canonicalJson());
        });
        file.each("variations", entry -> {
            List<String> keys = entry.vector()
                    .object("options")
                    .flatMap(options -> options.array("expectedSigningPublicKeys"))
                    .flatMap(JsonArray::strings)
                    .orElse(List.of());
            TrustedKeys trusted = keys.isEmpty() ? TrustedKeys.unpinned() : TrustedKeys.ofHex(keys);
            entry.verdict(entry.isOk(), () -> isWhole(inclusion(entry, trusted)));
        });
    }

    private static Verdict<InclusionProof> inclusion(VectorEntry entry, TrustedKeys trusted) {
        return InclusionProof.verify(entry.object("proof_json"), trusted, Strictness.PEER);
    }

    private static void sep2828(VectorFile file) {
        file.each("records", entry -> {
            JsonObject json = entry.object("record_json");
            Sep2828Record record = Sep2828Record.of(json, Strictness.PEER);
            entry.same("stripped_canonical_json", () -> record.canonicalJson(Strictness.PEER));
            entry.same("content_digest_sha256_hex", record::contentDigest);
            entry.verdict(
                    entry.isOk(), () -> isWhole(Sep2828Record.verify(json, TrustedKeys.unpinned(), Strictness.PEER)));
        });
        file.each("pairs", entry -> {
            entry.sameOrRefused("result", () -> pair(entry).evidence());
            entry.sameOrRefused(
                    "external_attestations",
                    () -> ExternalAttestation.toJson(pair(entry).attestations()));
        });
        file.each(
                "strip_digest_prefix",
                entry -> entry.same("out", () -> Sep2828Record.withoutDigestPrefix(entry.text("in"))));
    }

    private static Sep2828Pair pair(VectorEntry entry) {
        return whole(Sep2828Pair.verify(
                entry.object("decision_json"), entry.object("outcome_json"), TrustedKeys.unpinned(), Strictness.PEER));
    }

    private static void attestations(VectorFile file) {
        file.each(
                "partner_digest",
                entry -> entry.same(
                        "sha256_hex",
                        () -> ExternalAttestation.partnerDigest(entry.json("input_json"), Strictness.PEER)));
        file.each(
                "mandate",
                entry -> entry.same("result", () -> {
                    Clock early = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
                    AgentMandate mandate = whole(AgentMandate.verify(
                            entry.object("signed_json"), TrustedKeys.unpinned(), early, Strictness.PEER));
                    String partner = entry.vector()
                            .object("transport_binding")
                            .flatMap(binding -> binding.string("external_authorization_id"))
                            .orElse(null);
                    return ExternalAttestation.toJson(List.of(ExternalAttestation.of(mandate, partner)));
                }));
    }

    private static void audit(VectorFile file) {
        file.each("vectors", entry -> {
            JsonObject manifest = entry.object("manifest_json");
            entry.same("core_json", () -> AuditManifest.of(manifest).coreJson());
            entry.same("result", () -> isWhole(audit(entry)));
        });
        file.each("variations", entry -> {
            boolean wanted = entry.isOk() && entry.vector().bool("result").orElse(false);
            entry.verdict(wanted, () -> isWhole(audit(entry)));
        });
    }

    private static Verdict<AuditManifest> audit(VectorEntry entry) {
        return AuditManifest.verify(entry.object("manifest_json"), TrustedKeys.unpinned(), Strictness.PEER);
    }

    private static boolean isWhole(Verdict<?> verdict) {
        return !(verdict instanceof Verdict.Invalid<?>);
    }

    /** The peer pins nothing here, so what is whole counts. */
    private static <T> T whole(Verdict<T> verdict) {
        if (verdict instanceof Verdict.ValidUnpinned<T> unpinned) {
            return unpinned.value();
        }
        if (verdict instanceof Verdict.Valid<T> valid) {
            return valid.value();
        }
        throw new WireException(verdict.code(), "does not verify");
    }
}
