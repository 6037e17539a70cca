package ai.paybond.kit.wire.export;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Strictness;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.internal.Rules;
import ai.paybond.kit.wire.json.CanonicalJson;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Objects;

/**
 * A receipt wrapped with its hash and the time and place of wrapping. Not signed, and says nothing about the receipt's
 * own signature: anyone can make a frame. Hashes are {@code sha256:} and the SHA-256 of canonical JSON; the frame's id
 * covers all members but itself:
 *
 * <pre>
 * canon_version (urn:x402:canonicalisation:jcs-rfc8785-v1), claim_type (paybond_agent_receipt_v1), frame_id,
 * frame_provider_did, frame_timestamp_ms, pef_version ("1"), receipt, receipt_format (paybond.agent_receipt_v1),
 * receipt_hash
 * </pre>
 *
 * Source: Paybond Kit wire format, section 17.
 *
 * @param receipt the signed receipt exactly as it was given
 * @param providerDid trimmed, not blank
 * @param timestampMs milliseconds since 1970, not negative
 */
public record PefFrame(JsonObject receipt, String providerDid, long timestampMs) {
    private static final String PREFIX = "sha256:";

    /** @throws WireException {@code pef.provider} when blank, {@code pef.timestamp} below zero */
    public PefFrame {
        Objects.requireNonNull(receipt, "receipt");
        providerDid = Rules.required(providerDid, "pef.provider");
        Rules.require(timestampMs >= 0, "pef.timestamp", "below zero");
    }

    /** {@code sha256:} and the digest of the receipt as given, signing members included. */
    public String receiptHash(Strictness strictness) {
        return hash(receipt, strictness);
    }

    /** {@code sha256:} and the digest of the other members. */
    public String frameId(Strictness strictness) {
        return hash(content(strictness), strictness);
    }

    private static String hash(JsonObject object, Strictness strictness) {
        return PREFIX + Digest32.sha256(CanonicalJson.bytes(object, strictness)).hex();
    }

    private JsonObject content(Strictness strictness) {
        return JsonObject.builder()
                .put("canon_version", "urn:x402:canonicalisation:jcs-rfc8785-v1")
                .put("claim_type", "paybond_agent_receipt_v1")
                .put("frame_provider_did", providerDid)
                .put("frame_timestamp_ms", timestampMs)
                .put("pef_version", "1")
                .put("receipt", receipt)
                .put("receipt_format", "paybond.agent_receipt_v1")
                .put("receipt_hash", receiptHash(strictness))
                .build();
    }

    /** The frame, members in the order above. */
    public JsonObject toJson(Strictness strictness) {
        JsonObject content = content(strictness);
        JsonObject.Builder frame = JsonObject.builder();
        content.members().forEach((name, value) -> {
            frame.put(name, value);
            if (name.equals("claim_type")) {
                frame.put("frame_id", frameId(strictness));
            }
        });
        return frame.build();
    }

    /**
     * Reads a frame and checks both hashes.
     *
     * @throws WireException {@code pef.form}, {@code pef.receipt_hash} or {@code pef.frame_id}
     */
    public static PefFrame verify(JsonObject frame, Strictness strictness) {
        PefFrame read = new PefFrame(
                frame.object("receipt").orElseThrow(PefFrame::malformed),
                frame.string("frame_provider_did").orElseThrow(PefFrame::malformed),
                frame.integer("frame_timestamp_ms").orElseThrow(PefFrame::malformed));
        String stated = frame.string("receipt_hash").orElse("");
        boolean receipt = stated.equals(read.receiptHash(strictness));
        Rules.require(receipt, "pef.receipt_hash", "the hash is of another receipt");
        boolean id = frame.string("frame_id").orElse("").equals(read.frameId(strictness));
        Rules.require(id, "pef.frame_id", "the id is of another frame");
        Rules.require(frame.equals(read.toJson(strictness)), "pef.form", "not the frame that was hashed");
        return read;
    }

    private static WireException malformed() {
        return new WireException("pef.form", "a member is missing or malformed");
    }
}
