package ai.paybond.kit.journal;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.ed25519.Signer;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One link of a journal's record: what was decided or became of a call, bound to everything before it and signed. The
 * record is only ever appended to, so that an entry that was removed, altered or moved is found by {@link RecordAudit}.
 *
 * <p>The hash is SHA-256 over {@code "paybond.call-record.v1"}, a zero byte, the number as eight bytes in big-endian order,
 * the 32 bytes of the previous hash (zeros for the first) and the content in UTF-8; the signature is Ed25519 over these 32
 * bytes. This format is the kit's own. Nothing in it is secret: arguments and results appear as digests only.
 *
 * @param number counts from 1
 * @param content one JSON object: {@code at}, the time of the transition, and {@code call}, what is known since; hashed
 *     as it is written here
 * @param previousHash in hex
 * @param hash in hex
 * @param signature in hex
 */
public record RecordEntry(long number, String content, String previousHash, String hash, String signature) {
    /** What the first entry follows. */
    static final String NOTHING = "0".repeat(64);

    private static final byte[] TAG = "paybond.call-record.v1\0".getBytes(StandardCharsets.UTF_8);

    public RecordEntry {
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(previousHash, "previousHash");
        Objects.requireNonNull(hash, "hash");
        Objects.requireNonNull(signature, "signature");
    }

    /**
     * The entry that records a transition.
     *
     * @param last the record's last entry, null when it is empty
     */
    public static RecordEntry following(@Nullable RecordEntry last, JournalEntry transition, Signer signer) {
        long number = last == null ? 1 : last.number + 1;
        String previous = last == null ? NOTHING : last.hash;
        String content = JsonObject.builder()
                .put("at", transition.changedAt().toString())
                .put("call", callOf(transition))
                .build()
                .toJson();
        Digest32 hash = hash(number, previous, content);
        return new RecordEntry(number, content, previous, hash.hex(), Hex.encode(signer.sign(hash.bytes())));
    }

    /** What a record says of a call; equal for transitions that change no more than when something is tried again. */
    public static JsonObject callOf(JournalEntry entry) {
        CallFacts facts = entry.facts();
        return JsonObject.builder()
                .put("tenant_id", facts.tenantId())
                .put("intent_id", entry.key().intentId())
                .put("call_id", entry.key().callId())
                .put("tool_name", facts.toolName())
                .put("operation", facts.operation())
                .put("call_digest", facts.callDigest())
                .put("spend_cents", Long.toString(facts.spendCents()))
                .put("attempt", entry.attempt())
                .put("state", entry.state().name())
                .put("spend", entry.spend().name())
                .put("evidence", entry.evidence().name())
                .put("authorization", entry.authorization().name())
                .putIfPresent("reason_code", entry.reasonCode())
                .putIfPresent("audit_id", entry.auditId())
                .putIfPresent("decision_id", entry.decisionId())
                .putIfPresent(
                        "payload_digest",
                        entry.envelope() == null ? null : entry.envelope().payloadDigestHex())
                .build();
    }

    /** Whether hash and signature are those of number, previous hash and content. */
    public boolean isIntact(VerifyingKey key) {
        try {
            Digest32 right = hash(number, previousHash, content);
            return right.hex().equals(hash) && key.verify(right.bytes(), Hex.decode(signature));
        } catch (RuntimeException e) {
            return false; // not even hex
        }
    }

    private static Digest32 hash(long number, String previousHash, String content) {
        byte[] text = content.getBytes(StandardCharsets.UTF_8);
        ByteBuffer message = ByteBuffer.allocate(TAG.length + Long.BYTES + 32 + text.length)
                .put(TAG)
                .putLong(number)
                .put(Digest32.ofHex(previousHash).bytes())
                .put(text);
        return Digest32.sha256(message.array());
    }
}
