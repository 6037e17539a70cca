package ai.paybond.kit.capability;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.ed25519.Signer;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.json.CanonicalJson;
import ai.paybond.kit.wire.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A holder's signature over one call, which makes a capability that names the holder useless to whoever else has it.
 * It covers tenant, intent, operation, the SHA-256 of the canonical arguments, spend, currency, time and a nonce, and is
 * accepted once. Immutable; no secret once its call was made. Source: ours, {@code docs/decisions/0020}.
 *
 * <pre>{@code
 * String header = HolderProof.sign(holder, request, clock, random).text();
 * }</pre>
 */
public final class HolderProof {

    /** The header in which an authority is shown a proof; the kit's own, {@code docs/decisions/0020}. */
    public static final String HEADER = "x-paybond-holder-proof";

    private static final String DOMAIN = "paybond:capability-holder-proof:v1\n";
    private static final int KEY = 32;
    private static final int NONCE = 16;
    private static final int SIGNATURE = 64;
    private static final int LENGTH = KEY + Long.BYTES + NONCE + SIGNATURE;
    private static final int TEXT_LENGTH = LENGTH / 3 * 4;

    private final VerifyingKey holder;
    private final long issuedAt;
    private final String nonce;
    private final byte[] signature;

    private HolderProof(VerifyingKey holder, long issuedAt, String nonce, byte[] signature) {
        this.holder = holder;
        this.issuedAt = issuedAt;
        this.nonce = nonce;
        this.signature = signature;
    }

    /**
     * Signs a call.
     *
     * @param holder the key that the capability names
     * @param request the call; its own proof, if it has one, is not looked at
     * @param clock tells the time that is signed, in whole seconds
     * @param random draws the nonce of 16 bytes
     * @throws ai.paybond.kit.wire.json.JsonException when the arguments have no unambiguous canonical form
     */
    public static HolderProof sign(Signer holder, CapabilityRequest request, Clock clock, SecureRandom random) {
        byte[] drawn = new byte[NONCE];
        random.nextBytes(drawn);
        String nonce = Hex.encode(drawn);
        long now = clock.instant().getEpochSecond();
        return new HolderProof(holder.publicKey(), now, nonce, holder.sign(message(request, now, nonce)));
    }

    /**
     * Reads a proof as {@link #text()} writes it.
     *
     * @throws CapabilityException {@value DenyCodes#HOLDER_PROOF_INVALID} when it is none
     */
    public static HolderProof parse(@Nullable String text) {
        byte[] bytes = decode(text);
        ByteBuffer fields = ByteBuffer.wrap(bytes);
        byte[] key = take(fields, KEY);
        long issuedAt = fields.getLong();
        String nonce = Hex.encode(take(fields, NONCE));
        try {
            return new HolderProof(VerifyingKey.of(key), issuedAt, nonce, take(fields, SIGNATURE));
        } catch (WireException e) {
            throw unreadable();
        }
    }

    /** The proof as it travels beside a call: 160 characters of Base64 for URLs. */
    public String text() {
        byte[] bytes = ByteBuffer.allocate(LENGTH)
                .put(holder.bytes())
                .putLong(issuedAt)
                .put(Hex.decode(nonce))
                .put(signature)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Whose key signed, if the signature holds. */
    public VerifyingKey holder() {
        return holder;
    }

    /** When it was signed, in seconds since 1970, as the signer says. */
    long issuedAt() {
        return issuedAt;
    }

    /** 32 hexadecimal digits. */
    String nonce() {
        return nonce;
    }

    /** Whether the key signed exactly this call. */
    boolean covers(CapabilityRequest request) {
        return holder.verify(message(request, issuedAt, nonce), signature);
    }

    private static byte[] message(CapabilityRequest request, long issuedAt, String nonce) {
        JsonObject signed = JsonObject.builder()
                .put("arguments_sha256", argumentsDigest(request.arguments()).hex())
                .putIfPresent("currency", request.currency())
                .put("intent", request.intentId())
                .put("issued_at", issuedAt)
                .put("nonce", nonce)
                .put("operation", request.operation())
                .put("spend_cents", Long.toString(request.spendCents()))
                .put("tenant", request.tenantId())
                .build();
        return (DOMAIN + CanonicalJson.strict(signed)).getBytes(StandardCharsets.UTF_8);
    }

    /** What stands for a call's arguments wherever somebody signs for them. */
    static Digest32 argumentsDigest(JsonObject arguments) {
        return Digest32.sha256(CanonicalJson.strictBytes(arguments));
    }

    private static byte[] decode(@Nullable String text) {
        if (text == null || text.length() != TEXT_LENGTH) {
            throw unreadable();
        }
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw unreadable();
        }
    }

    private static byte[] take(ByteBuffer from, int length) {
        byte[] bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }

    private static CapabilityException unreadable() {
        return new CapabilityException(DenyCodes.HOLDER_PROOF_INVALID, "the holder's proof cannot be read");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HolderProof that
                && holder.equals(that.holder)
                && issuedAt == that.issuedAt
                && nonce.equals(that.nonce)
                && Arrays.equals(signature, that.signature);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(signature);
    }

    /** Names the holder; whoever reads a proof before its call is made could make that call. */
    @Override
    public String toString() {
        return "HolderProof[" + holder.hex() + ", redacted]";
    }
}
