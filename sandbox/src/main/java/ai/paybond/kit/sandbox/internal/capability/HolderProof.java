package ai.paybond.kit.sandbox.internal.capability;

import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.json.CanonicalJson;
import ai.paybond.kit.wire.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A holder's signature over one call, as its header carries it: key, seconds since 1970, nonce and signature. The form is
 * ours, docs/decisions/0020, and read here anew so that a slip of the client's cannot cancel out. The array is never changed.
 */
@SuppressWarnings("ArrayRecordComponent")
public record HolderProof(VerifyingKey holder, long issuedAt, String nonce, byte[] signature) {
    public static final String HEADER = "x-paybond-holder-proof";

    private static final String DOMAIN = "paybond:capability-holder-proof:v1\n";
    private static final int TEXT_LENGTH = 160;

    /** What is signed for. {@code argumentsDigest} is SHA-256 of the canonical arguments in hex. */
    public record Call(
            String tenantId,
            String intentId,
            String operation,
            long spendCents,
            Optional<String> currency,
            String argumentsDigest) {}

    /** @throws CapabilityRefusedException {@code holder.proof_invalid} when it cannot be read */
    public static HolderProof parse(String header) throws CapabilityRefusedException {
        if (header.length() != TEXT_LENGTH) {
            throw unreadable();
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(header));
            VerifyingKey holder = VerifyingKey.of(take(bytes, 32));
            long issuedAt = bytes.getLong();
            return new HolderProof(holder, issuedAt, Hex.encode(take(bytes, 16)), take(bytes, 64));
        } catch (IllegalArgumentException | WireException e) {
            throw unreadable();
        }
    }

    /** Whether the key signed exactly this. */
    public boolean covers(Call call) {
        JsonObject.Builder signed = JsonObject.builder()
                .put("tenant", call.tenantId())
                .put("intent", call.intentId())
                .put("operation", call.operation())
                .put("spend_cents", Long.toString(call.spendCents()))
                .put("arguments_sha256", call.argumentsDigest())
                .put("issued_at", issuedAt)
                .put("nonce", nonce);
        call.currency().ifPresent(currency -> signed.put("currency", currency));
        String message = DOMAIN + CanonicalJson.strict(signed.build());
        return holder.verify(message.getBytes(StandardCharsets.UTF_8), signature);
    }

    private static byte[] take(ByteBuffer from, int length) {
        byte[] bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }

    private static CapabilityRefusedException unreadable() {
        return new CapabilityRefusedException("holder.proof_invalid", "The holder's proof cannot be read.");
    }
}
