package ai.paybond.kit.wire.conformance;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.wire.Samples;
import ai.paybond.kit.wire.TrustedKeys;
import ai.paybond.kit.wire.Verdict;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.audit.AuditManifest;
import ai.paybond.kit.wire.evidence.EvidenceVersion;
import ai.paybond.kit.wire.inclusion.InclusionProof;
import ai.paybond.kit.wire.intent.IntentVersion;
import ai.paybond.kit.wire.json.CanonicalJson;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonLimits;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import ai.paybond.kit.wire.mandate.AgentMandate;
import ai.paybond.kit.wire.receipt.AgentReceipt;
import ai.paybond.kit.wire.receipt.AuthorizationReceipt;
import ai.paybond.kit.wire.receipt.ReceiptTrust;
import ai.paybond.kit.wire.receipt.SettlementReceipt;
import ai.paybond.kit.wire.sep2828.Sep2828Record;
import ai.paybond.kit.wire.x402.X402Receipt;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * The one list of what the TypeScript kit accepts and this kit refuses, with the reason. Where neither list names an entry, the
 * strict reading accepts whatever the vectors accept.
 */
class DeparturesTest {
    private static final Map<String, String> SIGNING = Map.ofEntries(
            // an artifact hash is 32 bytes in hexadecimal, without prefix or blanks
            entry("evidence.json vectors empty artifact string accepted", "artifact.hex"),
            entry("evidence.json vectors upper-case artifact hex and spaces", "artifact.hex"),
            entry("legacy-evidence-v1.json vectors empty artifact string accepted", "artifact.hex"),
            entry("legacy-evidence-v1.json vectors short artifact accepted", "artifact.hex"),
            // JavaScript moves these members to the front, others do not
            entry("canonical-json.json vectors array index boundary", "canonical.index_key"),
            entry("canonical-json.json vectors integer-like keys nested", "canonical.index_key"),
            entry("canonical-json.json vectors not array-index keys", "canonical.index_key"),
            entry("legacy-evidence-v1.json vectors integer-like keys", "canonical.index_key"),
            // UTF-8 and UTF-16 sort these names differently
            entry("canonical-json.json vectors utf16 vs utf8 order", "canonical.key_order"),
            // integers beyond 2^53 - 1, and what doubles cannot hold, are printed differently by others
            entry("canonical-json.json vectors 1.5e21", "canonical.number_range"),
            entry("canonical-json.json vectors 1e20", "canonical.number_range"),
            entry("canonical-json.json vectors 1e21", "canonical.number_range"),
            entry("canonical-json.json vectors 30 digit int", "canonical.number_range"),
            entry("canonical-json.json vectors i64 max loses precision", "canonical.number_range"),
            entry("canonical-json.json vectors max double", "canonical.number_range"),
            entry("canonical-json.json vectors overflow becomes null", "canonical.number_range"),
            entry("canonical-json.json vectors u64 max loses precision", "canonical.number_range"),
            entry("canonical-json.json vectors underflow to 0", "canonical.number_range"),
            entry("evidence.json vectors floats and extremes", "canonical.number_range"),
            entry("intent-v6.json vectors unicode", "canonical.number_range"),
            entry("legacy-intent-v2.json vectors unicode", "canonical.number_range"),
            entry("legacy-intent-v4-fixed.json vectors unicode", "canonical.number_range"),
            // 0.000001 is printed as 1e-6 by others
            entry("canonical-json.json vectors 1e-6", "canonical.number_text"),
            entry("canonical-json.json vectors numbers array", "canonical.number_text"),
            // JavaScript loses this member
            entry("canonical-json.json vectors __proto__ dropped object", "canonical.proto_key"),
            entry("canonical-json.json vectors __proto__ dropped primitive", "canonical.proto_key"),
            // half a surrogate pair is not JSON to others
            entry("canonical-json.json vectors lone high", "canonical.surrogate"),
            entry("canonical-json.json vectors lone low", "canonical.surrogate"),
            entry("canonical-json.json vectors reversed pair", "canonical.surrogate"),
            // half a surrogate pair in a name is refused when read
            entry("canonical-json.json vectors lone in key", "json.syntax"),
            // a list of texts holds texts only
            entry("agent-mandate.json vectors non-string array entries dropped", "mandate.allowed_tools"),
            // a ceiling is a whole number of minor units
            entry("agent-mandate.json vectors fractional amount", "mandate.amount_minor"),
            // a version number is an unsigned 32-bit integer
            entry("intent-v7.json vectors seq 2^32 overflows u32 silently", "policy.version_seq"),
            // a blank reference is signed but not sent, so nobody can check the signature
            entry("intent-v6.json vectors predicate_ref blank is signed but not sent", "predicate_ref.blank"),
            entry("legacy-intent-v2.json vectors predicate_ref blank is signed but not sent", "predicate_ref.blank"),
            entry(
                    "legacy-intent-v4-fixed.json vectors predicate_ref blank is signed but not sent",
                    "predicate_ref.blank"),
            // half a surrogate pair is encoded differently by everyone
            entry("evidence.json vectors lone surrogate in did and payload", "text.surrogate"),
            // others rewrite a time that is not in whole seconds of UTC before they sign it
            entry("evidence.json vectors empty strings", "timestamp.form"),
            entry("evidence.json vectors non-canonical timestamp is signed verbatim", "timestamp.form"),
            entry("intent-v6.json vectors empty dids", "timestamp.form"),
            entry("legacy-evidence-v1.json vectors empty strings and zero seed", "timestamp.form"),
            entry("legacy-evidence-v1.json vectors timestamp signed verbatim", "timestamp.form"),
            entry("legacy-intent-v2.json vectors deadline signed verbatim", "timestamp.form"),
            entry("legacy-intent-v2.json vectors empty strings and objects", "timestamp.form"),
            entry("legacy-intent-v4-fixed.json vectors deadline signed verbatim", "timestamp.form"),
            entry("legacy-intent-v4-fixed.json vectors empty strings and objects", "timestamp.form"),
            // others lower-case ASCII only
            entry("legacy-intent-v2.json vectors tools unicode", "tools.ascii"),
            entry("legacy-intent-v4-fixed.json vectors tools unicode", "tools.ascii"));

    private static final Map<String, String> VERIFYING = Map.ofEntries(
            // JavaScript moves these members to the front, others do not
            entry("sep2828.json records unicode and ints", "canonical.index_key"),
            // a payload beside a JWS is not signed
            entry("x402.json jws payload member outside JWS ignored", "x402.form"),
            // RFC 7518 writes r and s, not ASN.1
            entry("x402.json jws ES256 DER signature accepted (quirk)", "x402.signature"),
            // anyone can turn one such signature into another
            entry("x402.json eip712_variations high-S accepted?", "x402.signature_malleable"),
            // a signed object is read in its normal spelling only, with nothing unsigned beside
            entry("agent-mandate.json verify valid denormalised body", "mandate.not_normal"),
            entry("agent-mandate.json verify valid upper-case hex", "mandate.not_normal"),
            entry("agent-receipt-inclusion.json variations upper-case hex accepted", "inclusion.not_normal"),
            entry("agent-receipt.json vectors case and whitespace normalised", "agent_receipt.not_normal"),
            entry("agent-receipt.json vectors execution denied", "agent_receipt.not_normal"),
            entry("agent-receipt.json vectors settlement_receipt_id hex64", "agent_receipt.not_normal"),
            entry("agent-receipt.json vectors settlement_receipt_id whitespace -> null", "agent_receipt.not_normal"),
            entry("agent-receipt.json vectors terminal pending finality", "agent_receipt.not_normal"),
            entry("agent-receipt.json vectors timestamps truncated to seconds", "agent_receipt.not_normal"),
            entry("agent-receipt.json verify algorithm blank defaults", "agent_receipt.not_normal"),
            entry("agent-receipt.json verify algorithm upper-case", "agent_receipt.not_normal"),
            entry("agent-receipt.json verify digest upper-case ok", "agent_receipt.not_normal"),
            entry("agent-receipt.json verify ms on issued_at tolerated", "agent_receipt.not_normal"),
            entry("audit-manifest.json vectors checkpoint 0 omitted", "audit.not_normal"),
            entry("audit-manifest.json vectors checkpoint null omitted", "audit.not_normal"),
            entry("audit-manifest.json vectors extra fields ignored", "audit.not_normal"),
            entry(
                    "protocol-receipt.json verify signing_algorithm upper-case accepted",
                    "authorization_receipt.not_normal"));

    @Test
    void refusesToSignOnlyWhatIsListed() {
        Map<String, String> refused = new TreeMap<>();
        collect(
                refused,
                "canonical-json.json",
                "vectors",
                entry -> text(() ->
                        CanonicalJson.strict(parsed(entry.string("input_json").orElse("\"x\"")))));
        collect(
                refused,
                "evidence.json",
                "vectors",
                entry -> text(() -> EvidenceVectors.statement(input(entry)).signBytes(EvidenceVersion.V2)));
        collect(
                refused,
                "legacy-evidence-v1.json",
                "vectors",
                entry -> text(() -> EvidenceVectors.statement(input(entry)).signBytes(EvidenceVersion.V1)));
        intents(refused, "intent-v6.json", IntentVersion.V6);
        intents(refused, "intent-v7.json", IntentVersion.V7);
        intents(refused, "legacy-intent-v2.json", IntentVersion.V2);
        intents(refused, "legacy-intent-v4-fixed.json", IntentVersion.V4_FIXED);
        collect(
                refused,
                "agent-mandate.json",
                "vectors",
                entry -> text(() -> AgentMandate.of(parsedObject(entry, "input_json"))));

        assertThat(refused).containsExactlyInAnyOrderEntriesOf(SIGNING);
    }

    @Test
    void refusesToBelieveOnlyWhatIsListed() {
        Map<String, String> refused = new TreeMap<>();
        collect(
                refused,
                "agent-mandate.json",
                "verify",
                entry -> verdict(() -> AgentMandate.verify(
                        parsedObject(entry, "signed_json"), TrustedKeys.unpinned(), Samples.CLOCK)));
        collect(refused, "protocol-receipt.json", "verify", DeparturesTest::protocolReceipt);
        collect(refused, "agent-receipt.json", "vectors", entry -> agentReceipt(entry, "signed_receipt_json"));
        collect(refused, "agent-receipt.json", "verify", entry -> agentReceipt(entry, "receipt_json"));
        collect(
                refused,
                "agent-receipt-inclusion.json",
                "vectors",
                entry -> verdict(
                        () -> InclusionProof.verify(parsedObject(entry, "proof_json"), TrustedKeys.unpinned())));
        collect(
                refused,
                "agent-receipt-inclusion.json",
                "variations",
                entry -> verdict(
                        () -> InclusionProof.verify(parsedObject(entry, "proof_json"), TrustedKeys.unpinned())));
        collect(
                refused,
                "sep2828.json",
                "records",
                entry -> verdict(
                        () -> Sep2828Record.verify(parsedObject(entry, "record_json"), TrustedKeys.unpinned())));
        collect(
                refused,
                "audit-manifest.json",
                "vectors",
                entry -> verdict(
                        () -> AuditManifest.verify(parsedObject(entry, "manifest_json"), TrustedKeys.unpinned())));
        collect(refused, "x402.json", "jws", DeparturesTest::x402);
        collect(refused, "x402.json", "eip712_variations", DeparturesTest::x402);

        assertThat(refused).containsExactlyInAnyOrderEntriesOf(VERIFYING);
    }

    private static void intents(Map<String, String> refused, String file, IntentVersion version) {
        collect(
                refused,
                file,
                "vectors",
                entry ->
                        text(() -> IntentInputs.statement(input(entry), version).signBytes(version)));
    }

    private static String protocolReceipt(JsonObject entry) {
        JsonObject signed = parsedObject(entry, "signed_json");
        return entry.string("kind").orElseThrow().equals("authorization")
                ? verdict(() -> AuthorizationReceipt.verify(signed, TrustedKeys.unpinned(), Samples.CLOCK))
                : verdict(() -> SettlementReceipt.verify(signed, TrustedKeys.unpinned()));
    }

    private static String agentReceipt(JsonObject entry, String member) {
        ReceiptTrust trust = ReceiptTrust.in(TrustedKeys.unpinned()).operators(TrustedKeys.unpinned());
        return verdict(() -> AgentReceipt.verify(parsedObject(entry, member), trust));
    }

    private static String x402(JsonObject entry) {
        return verdict(() -> X402Receipt.verify(
                entry.object("signed").orElseThrow(),
                entry.string("expected_signer").orElseThrow()));
    }

    private interface Attempt<T> {
        T make();
    }

    /** The reason of a refusal, or empty. */
    private static String text(Attempt<?> attempt) {
        try {
            attempt.make();
            return "";
        } catch (WireException e) {
            return e.code();
        }
    }

    private static String verdict(Attempt<Verdict<?>> attempt) {
        Verdict<?> verdict = attempt.make();
        return verdict instanceof Verdict.Invalid<?> ? verdict.code() : "";
    }

    /** Refusals of entries that the vectors accept. */
    private static void collect(
            Map<String, String> refused, String file, String list, Function<JsonObject, String> reason) {
        VectorFiles.read(file)
                .array(list)
                .map(JsonArray::objectItems)
                .orElseThrow()
                .forEach(entry -> {
                    String code = entry.bool("ok").orElse(true) ? reason.apply(entry) : "";
                    if (!code.isEmpty()) {
                        refused.put(
                                file + " " + list + " " + entry.string("name").orElse(""), code);
                    }
                });
    }

    private static JsonObject input(JsonObject entry) {
        return entry.object("input").orElseThrow();
    }

    private static JsonValue parsed(String json) {
        return JsonValue.parse(json, JsonLimits.lenient());
    }

    private static JsonObject parsedObject(JsonObject entry, String member) {
        return JsonObject.parse(entry.string(member).orElseThrow(), JsonLimits.lenient());
    }
}
