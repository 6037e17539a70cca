package ai.paybond.kit.fuzz;

import ai.paybond.kit.wire.Strictness;
import ai.paybond.kit.wire.TrustedKeys;
import ai.paybond.kit.wire.Verdict;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.audit.AuditManifest;
import ai.paybond.kit.wire.commerce.CommerceBinding;
import ai.paybond.kit.wire.commerce.StripeCharge;
import ai.paybond.kit.wire.disclosure.DisclosureKey;
import ai.paybond.kit.wire.disclosure.OwnerDisclosure;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.evidence.SignedEvidence;
import ai.paybond.kit.wire.export.ActaProjection;
import ai.paybond.kit.wire.export.PefFrame;
import ai.paybond.kit.wire.export.ScittStatement;
import ai.paybond.kit.wire.inclusion.InclusionProof;
import ai.paybond.kit.wire.intent.SignedIntent;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonLimits;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import ai.paybond.kit.wire.mandate.AgentMandate;
import ai.paybond.kit.wire.policy.PolicyDigest;
import ai.paybond.kit.wire.receipt.AgentReceipt;
import ai.paybond.kit.wire.receipt.AuthorizationReceipt;
import ai.paybond.kit.wire.receipt.ReceiptTrust;
import ai.paybond.kit.wire.receipt.SettlementReceipt;
import ai.paybond.kit.wire.recognition.RecognitionExpectation;
import ai.paybond.kit.wire.recognition.RecognitionProof;
import ai.paybond.kit.wire.recognition.RecognitionPurpose;
import ai.paybond.kit.wire.sep2828.Sep2828Pair;
import ai.paybond.kit.wire.sep2828.Sep2828Record;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Receipts, mandates, proofs, statements and everything else that arrives signed. Nobody's key is pinned that could have
 * signed an input, so an answer of "valid" is a finding.
 */
final class ReceiptTarget implements FuzzTarget {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
    private static final SigningKey PINNED = SigningKey.fromSeedHex("55".repeat(32));
    private static final TrustedKeys KEYS = TrustedKeys.of(PINNED.publicKey());
    private static final String INTENT = "0191e2a4-7c1e-7d3a-9b52-3f1d2c4b5a69";

    private static final List<BiConsumer<JsonObject, Strictness>> READERS = List.of(
            (json, mode) ->
                    refused(AgentReceipt.verify(json, ReceiptTrust.in(KEYS).operators(KEYS), mode)),
            (json, mode) -> AgentReceipt.verify(json, ReceiptTrust.in(TrustedKeys.unpinned()), mode),
            (json, mode) -> refused(SettlementReceipt.verify(json, KEYS, mode)),
            (json, mode) -> refused(AuthorizationReceipt.verify(json, KEYS, CLOCK, mode)),
            (json, mode) -> refused(AgentMandate.verify(json, KEYS, CLOCK, mode)),
            (json, mode) -> refused(AuditManifest.verify(json, KEYS, mode)),
            (json, mode) -> refused(InclusionProof.verify(json, KEYS, mode)),
            (json, mode) -> refused(Sep2828Record.verify(json, KEYS, mode)),
            (json, mode) -> refused(Sep2828Pair.verify(part(json, "decision"), part(json, "outcome"), KEYS, mode)),
            (json, mode) -> refused(ScittStatement.verify(json, KEYS)),
            (json, mode) -> PefFrame.verify(json, mode),
            (json, mode) -> ActaProjection.of(json, mode),
            (json, mode) -> AgentReceipt.of(AgentReceipt.normalizeSigned(json, mode), mode)
                    .digest(),
            (json, mode) -> SignedIntent.fromBody("tenant-a", json).bodyJson(),
            (json, mode) -> SignedEvidence.fromBody("tenant-a", INTENT, json).bodyJson(),
            (json, mode) -> PolicyDigest.of(json, mode).versionLabel(),
            (json, mode) -> OwnerDisclosure.open(json, DisclosureKey.of(PINNED.exposeSeed())),
            (json, mode) -> OwnerDisclosure.plaintext(json, CLOCK.instant(), null),
            (json, mode) -> StripeCharge.of(json).evidence(),
            (json, mode) -> CommerceBinding.fromStripe(json),
            (json, mode) ->
                    CommerceBinding.fromShopify(json.array("note_attributes").orElse(new JsonArray(List.of()))));

    private static void refused(Verdict<?> verdict) {
        if (verdict instanceof Verdict.Valid) {
            throw new AssertionError("valid although the key that is pinned signed nothing");
        }
    }

    private static JsonObject part(JsonObject json, String name) {
        return json.object(name).orElse(json);
    }

    @Override
    public void run(byte[] bytes) {
        Input input = new Input(bytes);
        int reader = input.choice(READERS.size() + 1);
        try {
            if (reader == READERS.size()) {
                proof(input.text());
                return;
            }
            if (JsonValue.parse(input.rest(), JsonLimits.lenient()) instanceof JsonObject json) {
                READERS.get(reader).accept(json, Strictness.STRICT);
                READERS.get(reader).accept(json, Strictness.PEER);
            }
        } catch (WireException declared) {
            // what these say they throw
        }
    }

    private static void proof(String header) {
        RecognitionProof proof = RecognitionProof.fromHeader(header);
        proof.verify(new RecognitionExpectation(
                "tenant-a",
                RecognitionPurpose.INTENT_CREATE,
                "POST",
                "/harbor/intents",
                new byte[0],
                PINNED.publicKey(),
                CLOCK));
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        seed(seeds, "abm", "agent-receipt");
        seed(seeds, "cd", "protocol-receipt");
        seed(seeds, "e", "agent-mandate");
        seed(seeds, "f", "audit-manifest");
        seed(seeds, "g", "agent-receipt-inclusion");
        seed(seeds, "hi", "sep2828");
        seed(seeds, "jkl", "agent-receipt-interop");
        seed(seeds, "n", "intent-v");
        seed(seeds, "n", "legacy-intent-v2");
        seed(seeds, "o", "evidence");
        seed(seeds, "p", "policy-digest");
        seed(seeds, "qr", "owner-disclosure");
        seed(seeds, "stu", "commerce-binding");
        Vectors.texts("wire", "agent-recognition").forEach(text -> seeds.add(Input.of('v', text)));
        return seeds;
    }

    private static void seed(List<byte[]> seeds, String choices, String file) {
        List<String> objects = Vectors.objects("wire", file);
        for (char choice : choices.toCharArray()) {
            objects.forEach(json -> seeds.add(Input.of(choice, json)));
        }
    }
}
