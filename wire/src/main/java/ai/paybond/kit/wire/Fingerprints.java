package ai.paybond.kit.wire;

import ai.paybond.kit.wire.internal.Text;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Keys made by hashing, for caches and counters. None is signed:
 *
 * <pre>
 * evidence gate   BLAKE3 of canonical JSON {preset_id (trimmed), vendor_payload?, canonical_payload?}
 * runtime cache   SHA-256(intent id, 00, capability token, 00, user id)
 * installation    SHA-256("paybond-kit-cli:", id)
 * </pre>
 *
 * Source: Paybond Kit wire format, section 18.
 */
public final class Fingerprints {
    private Fingerprints() {}

    /**
     * BLAKE3 key under which the MCP evidence gate remembers a submission.
     *
     * @throws ai.paybond.kit.wire.json.JsonException if a payload has no unambiguous canonical form
     */
    public static Digest32 evidenceGateKey(
            String presetId, @Nullable JsonValue vendorPayload, @Nullable JsonValue canonicalPayload) {
        return Digest32.ofCanonical(JsonObject.builder()
                .put("preset_id", Text.trim(presetId))
                .putIfPresent("vendor_payload", vendorPayload)
                .putIfPresent("canonical_payload", canonicalPayload)
                .build());
    }

    /** SHA-256 key of a run in a runtime's cache; the token itself does not appear in it. */
    public static Digest32 runtimeCacheKey(String intentId, String capabilityToken, String userId) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(Text.utf8(intentId));
        bytes.write(0);
        bytes.writeBytes(Text.utf8(capabilityToken));
        bytes.write(0);
        bytes.writeBytes(Text.utf8(userId));
        return Digest32.sha256(bytes.toByteArray());
    }

    /** SHA-256 by which an installation of the command is counted. */
    public static Digest32 installId(String id) {
        return Digest32.sha256(Text.utf8("paybond-kit-cli:" + id));
    }
}
