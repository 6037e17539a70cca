package ai.paybond.kit.wire.receipt;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Strictness;
import ai.paybond.kit.wire.internal.Text;
import ai.paybond.kit.wire.json.CanonicalJson;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.io.ByteArrayOutputStream;

/**
 * The hashes that an agent receipt holds instead of the content. All are SHA-256 of 32 bytes, over UTF-8:
 *
 * <pre>
 * action receipt id   intent_id, one zero byte, tool_call_id
 * value               canonical JSON
 * prompt              the text as it is
 * config              canonical JSON of {policy_snapshot_id, system_prompt, tools_manifest}
 * </pre>
 *
 * Source: Paybond Kit wire format, section 11.1.
 */
public final class ReceiptHashes {
    private ReceiptHashes() {}

    /** The id of the receipt for one tool call of an intent. Both texts count as they are; receipts use normal ones. */
    public static Digest32 actionReceiptId(String intentId, String toolCallId) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(Text.utf8(intentId));
        bytes.write(0);
        bytes.writeBytes(Text.utf8(toolCallId));
        return Digest32.sha256(bytes.toByteArray());
    }

    /** Arguments or results of a tool call, over their strict canonical JSON. */
    public static Digest32 value(JsonValue value) {
        return value(value, Strictness.STRICT);
    }

    /** As {@link #value(JsonValue)}, in the given strictness. */
    public static Digest32 value(JsonValue value, Strictness strictness) {
        return Digest32.sha256(CanonicalJson.bytes(value, strictness));
    }

    /** A prompt, over its text as it is. */
    public static Digest32 prompt(String prompt) {
        return Digest32.sha256(Text.utf8(prompt));
    }

    /** The configuration an agent ran with. */
    public static Digest32 config(String systemPrompt, JsonValue toolsManifest, String policySnapshotId) {
        return value(JsonObject.builder()
                .put("system_prompt", systemPrompt)
                .put("tools_manifest", toolsManifest)
                .put("policy_snapshot_id", policySnapshotId)
                .build());
    }
}
