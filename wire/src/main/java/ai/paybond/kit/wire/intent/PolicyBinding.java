package ai.paybond.kit.wire.intent;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.WireException;
import java.util.Objects;

/**
 * The published policy that an intent of generation 5 or 7 is bound to: in the frame a string, a u32 varint and 32 raw
 * bytes, in the body {@code policy_binding} with {@code template_id} and {@code version_seq} only. Source: Paybond Kit
 * wire format, section 4.
 *
 * @param templateId signed and sent as given
 * @param versionSeq 0 to 2^32 - 1, or {@code policy.version_seq} when signed
 * @param contentDigest digest of the policy's content, as published
 */
public record PolicyBinding(String templateId, long versionSeq, Digest32 contentDigest) {
    public PolicyBinding {
        Objects.requireNonNull(templateId, "templateId");
        Objects.requireNonNull(contentDigest, "contentDigest");
    }

    /**
     * A binding with its digest as text, either case, surrounding blanks and one leading {@code 0x} allowed.
     *
     * @throws WireException {@code policy.digest} unless 64 hexadecimal digits remain; {@code sha256:} is refused
     */
    public static PolicyBinding of(String templateId, long versionSeq, String contentDigestHex) {
        return new PolicyBinding(templateId, versionSeq, DigestText.parse(contentDigestHex, "policy.digest"));
    }
}
