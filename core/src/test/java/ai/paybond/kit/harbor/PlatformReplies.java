package ai.paybond.kit.harbor;

import static ai.paybond.kit.harbor.TestSessions.NOW;
import static ai.paybond.kit.harbor.TestSessions.SIGNER;
import static ai.paybond.kit.harbor.TestSessions.TENANT;

import ai.paybond.kit.protocol.RecognizedRequest;
import ai.paybond.kit.run.TraceEvent;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.recognition.RecognitionProof;
import ai.paybond.kit.wire.recognition.RecognitionPurpose;

/** Parts of what the Gateway answers, and of what it is asked. */
final class PlatformReplies {
    static final String METRICS = """
            {"terminal_intents":4,"released":3,"refunded":1,"disputed":0,"success_rate_bps":7500,"dispute_rate_bps":0,\
            "refund_rate_bps":2500,"mean_latency_nanos":9007199254740993,"latency_sample_count":4,\
            "receipted_volume_cents":1000}""";

    static final String SIGNATURE = """
            "signing_algorithm":"ed25519-sha256-json-v1","message_digest_hex":"aa","signing_public_key_hex":"bb",\
            "signature_hex":"cc\"""";

    static final String FRAUD = """
            "fraud_signals":[{"code":"REPEATED_FAILED_PREDICATES","severity":"high","evidence_count":2}],\
            "fraud_assessment":{"level":"high","highest_severity":"high","review_priority":"high","signal_count":1,\
            "severe_signal_count":1}""";

    static final String CHECKPOINT = """
            {"tenant_id":"%s","tree_size":1,"root_hash_sha256_hex":"%s","issued_at":"2026-06-30T12:00:00Z"}""".formatted(TENANT, "00".repeat(32));

    static final String VERDICT = """
            {"valid":true,"receipt_id":"r-1","kind":"k","tenant_id":"tenant-b"}""";

    static final String JOB = """
            {"id":"j-1","status":"pending","disclosure_tier":"standard","expires_at":"2026-07-01T00:00:00Z"}""";

    static final RecognizedRequest REQUEST =
            new RecognizedRequest("harbor.intent.fund", "POST", "/harbor/x", Digest32.sha256(new byte[0]));

    static final TraceEvent EVENT = TraceEvent.of(TraceEvent.Type.TOOL_SELECTED, "call-7", "travel.book_hotel", NOW)
            .with("toolName", "book_hotel");

    private PlatformReplies() {}

    static RecognitionProof proof() {
        return RecognitionProof.builder("agent-key-1", TENANT)
                .purpose(RecognitionPurpose.INTENT_FUND)
                .request("POST", "/harbor/x", new byte[0])
                .issuedAt(NOW)
                .nonce("nonce-1")
                .sign(SIGNER);
    }
}
